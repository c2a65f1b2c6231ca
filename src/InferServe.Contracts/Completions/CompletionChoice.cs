using System.Text.Json.Serialization;

namespace InferServe.Contracts.Completions;

/// <summary>One answer to a prompt, or what a chunk adds to it.</summary>
public sealed record CompletionChoice
{
    public required int Index { get; init; }

    public required string Text { get; init; }

    /// <summary>One of <see cref="Generation.FinishReasons"/>; null in every chunk but the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
