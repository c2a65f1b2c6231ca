using InferServe.Contracts.Models;

namespace InferServe.Worker.Reasoning;

/// <summary>The known forms of reasoning.</summary>
internal static class ReasoningFormats
{
    public static ReasoningFormat None { get; } = new NoReasoning();

    /// <summary>In the order in which a template is asked: the more particular form first.</summary>
    public static IReadOnlyList<ReasoningFormat> All { get; } =
    [
        new HarmonyReasoning(),
        new TaggedReasoning("mistral", "[THINK]", "[/THINK]"),
        new TaggedReasoning("seed-oss", "<seed:think>", "</seed:think>", "seed:think"),
        new TaggedReasoning("command-r", "<|START_THINKING|>", "<|END_THINKING|>", "<|START_THINKING|>")
        {
            AnswerOpen = "<|START_RESPONSE|>",
            AnswerClose = "<|END_RESPONSE|>",
        },
        new TaggedReasoning("granite-3.2", "Here is my thought process:", "Here is my response:"),
        new TaggedReasoning("granite", "<think>", "</think>", "</think>", "<response>") { AnswerOpen = "<response>", AnswerClose = "</response>" },
        new TaggedReasoning("gemma-4", "<|channel>thought", "<channel|>") { OpenMark = "<|channel>" },
        new TaggedReasoning("think", "<think>", "</think>"),
        None,
    ];

    /// <summary>The form of a name in <c>models.json</c>.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ReasoningFormat Named(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"'{name}' is no reasoning format; known are {string.Join(", ", AnswerFormatNames.Reasoning)}.");

    /// <summary>The form that the templates show.</summary>
    public static ReasoningFormat Recognise(IEnumerable<string> templates)
    {
        var sources = templates.ToList();
        return All.FirstOrDefault(format => sources.Any(format.IsKnownTo)) ?? None;
    }
}
