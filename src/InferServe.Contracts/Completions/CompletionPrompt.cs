using System.Text.Json.Serialization;

namespace InferServe.Contracts.Completions;

/// <summary>The prompts of a text completion: texts, or token ids. Exactly one of the two is set.</summary>
[JsonConverter(typeof(CompletionPromptConverter))]
public sealed record CompletionPrompt
{
    public IReadOnlyList<string>? Texts { get; init; }

    public IReadOnlyList<IReadOnlyList<int>>? TokenIds { get; init; }

    /// <summary>Number of prompts.</summary>
    public int Count => Texts?.Count ?? TokenIds?.Count ?? 0;
}
