using InferServe.Worker.Tools;
using InferServe.Worker.Tools.Formats;

namespace InferServe.Worker.Answers;

/// <summary>How the text of the answers to one request is parted into reasoning, calls and answer.</summary>
/// <param name="formats">The model's forms.</param>
/// <param name="reasoningOpened">Whether the prompt has begun the reasoning.</param>
/// <param name="functions">The functions that the model may call; null for none.</param>
internal sealed class AnswerSyntax(AnswerFormats formats, bool reasoningOpened, IReadOnlyList<ToolFunction>? functions)
{
    public bool ReasoningOpened => reasoningOpened;

    /// <summary>Control tokens whose text the parser must see.</summary>
    public IReadOnlySet<int> VisibleTokens => functions is null ? formats.ReasoningTokens : formats.Marks.Visible;

    /// <summary>A parser for one answer.</summary>
    public IAnswerParser CreateParser()
    {
        IAnswerParser inner = functions is null || formats.Tools is HarmonyToolFormat ? new PlainParser() : new ToolCallParser(formats.Tools, functions);
        return formats.Reasoning.CreateParser(reasoningOpened, inner, functions is null ? null : formats.Tools, functions ?? []);
    }

    /// <summary>A new id for a call.</summary>
    public string NewCallId() => formats.Tools.NewCallId();
}
