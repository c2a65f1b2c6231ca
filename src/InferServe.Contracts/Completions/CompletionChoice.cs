using System.Text.Json.Serialization;
using InferServe.Contracts.Logprobs;

namespace InferServe.Contracts.Completions;

/// <summary>One answer to a prompt, or what a chunk adds to it.</summary>
public sealed record CompletionChoice
{
    public required int Index { get; init; }

    public required string Text { get; init; }

    /// <summary>Null unless the request asks for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CompletionLogprobs? Logprobs { get; init; }

    /// <summary>The answer's tokens, when the request asks for them.</summary>
    public IReadOnlyList<int>? TokenIds { get; init; }

    /// <summary>The prompt's tokens, when the request asks for them; in the first chunk of a stream.</summary>
    public IReadOnlyList<int>? PromptTokenIds { get; init; }

    /// <summary>For each token of the prompt the likeliest ones in its place by their ids; null for the first. When the request asks for them.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, PromptLogprob>?>? PromptLogprobs { get; init; }

    /// <summary>One of <see cref="Generation.FinishReasons"/>; null in every chunk but the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
