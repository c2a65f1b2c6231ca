using System.Text.Json.Serialization;
using InferServe.Contracts.Logprobs;

namespace InferServe.Contracts.Chat;

/// <summary>One answer to a chat.</summary>
public sealed record ChatChoice
{
    public required int Index { get; init; }

    public required ChatAnswer Message { get; init; }

    /// <summary>Null unless the request asks for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary>The answer's tokens, when the request asks for them.</summary>
    public IReadOnlyList<int>? TokenIds { get; init; }

    /// <summary>One of <see cref="Generation.FinishReasons"/>.</summary>
    public required string FinishReason { get; init; }
}
