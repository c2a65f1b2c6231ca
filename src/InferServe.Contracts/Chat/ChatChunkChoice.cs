using System.Text.Json.Serialization;
using InferServe.Contracts.Logprobs;

namespace InferServe.Contracts.Chat;

/// <summary>What one chunk adds to one answer.</summary>
public sealed record ChatChunkChoice
{
    public required int Index { get; init; }

    public required ChatDelta Delta { get; init; }

    /// <summary>Those of the tokens that this chunk brings, when the request asks for them.</summary>
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary>The tokens that this chunk brings, when the request asks for them.</summary>
    public IReadOnlyList<int>? TokenIds { get; init; }

    /// <summary>Null until the last chunk of the answer, then one of <see cref="Generation.FinishReasons"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
