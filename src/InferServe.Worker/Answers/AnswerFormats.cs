using InferServe.Contracts.Tools;
using InferServe.Tokenization;
using InferServe.Worker.Reasoning;
using InferServe.Worker.Tools;

namespace InferServe.Worker.Answers;

/// <summary>How a model writes tool calls and reasoning. Immutable.</summary>
/// <param name="Tools">The form of its calls.</param>
/// <param name="Reasoning">The form of its reasoning.</param>
/// <param name="Marks">Its control tokens that are marks of these forms.</param>
internal sealed record AnswerFormats(ToolFormat Tools, ReasoningFormat Reasoning, ModelMarks Marks)
{
    /// <summary>The control tokens whose text shows in every answer; those of calls show where tools are offered.</summary>
    public IReadOnlySet<int> ReasoningTokens { get; } = Reasoning.Marks.Select(Marks.TokenOf).OfType<int>().ToHashSet();

    /// <summary>Takes the forms that are named, and recognises the others from the chat templates.</summary>
    /// <param name="templates">The texts of the model's chat templates.</param>
    /// <param name="toolFormat">One of the known names, or null.</param>
    /// <param name="reasoningFormat">One of the known names, or null.</param>
    /// <param name="tokenizer">Tells which marks are control tokens.</param>
    /// <exception cref="ArgumentException">A name is not known.</exception>
    public static AnswerFormats Choose(IReadOnlyList<string> templates, string? toolFormat, string? reasoningFormat, Tokenizer tokenizer)
    {
        var tools = toolFormat is null ? ToolFormats.Recognise(templates) : ToolFormats.Named(toolFormat);
        // Channels part the whole answer, so that calls in them cannot be read without them.
        var reasoning = reasoningFormat is not null ? ReasoningFormats.Named(reasoningFormat)
            : tools is Tools.Formats.HarmonyToolFormat ? ReasoningFormats.Named("harmony")
            : ReasoningFormats.Recognise(templates);
        return tools is Tools.Formats.HarmonyToolFormat && reasoning is not HarmonyReasoning
            ? throw new ArgumentException($"The tool format 'harmony' needs the reasoning format 'harmony', not '{reasoning.Name}'.")
            : new AnswerFormats(tools, reasoning, ModelMarks.Of(tokenizer, tools.Marks.Concat(reasoning.Marks)));
    }

    /// <summary>How the answer to one request is read.</summary>
    /// <param name="prompt">The text of the prompt, which may have begun the reasoning.</param>
    /// <param name="tools">The tools that the model may call; null for none.</param>
    public AnswerSyntax Syntax(string prompt, IReadOnlyList<ToolDefinition>? tools) => new(
        this,
        Reasoning.IsOpenedBy(prompt),
        tools?.Select(tool => new ToolFunction(tool.Function!.Name!, tool.Function.Parameters, tool.Function.Strict is true)).ToList());
}
