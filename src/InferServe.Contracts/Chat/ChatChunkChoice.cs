using System.Text.Json.Serialization;

namespace InferServe.Contracts.Chat;

/// <summary>What one chunk adds to one answer.</summary>
public sealed record ChatChunkChoice
{
    public required int Index { get; init; }

    public required ChatDelta Delta { get; init; }

    /// <summary>Null until the last chunk of the answer, then one of <see cref="Generation.FinishReasons"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
