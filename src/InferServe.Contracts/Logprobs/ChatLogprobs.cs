using System.Text.Json.Serialization;

namespace InferServe.Contracts.Logprobs;

/// <summary>Log-probabilities of the tokens of an answer to a chat.</summary>
public sealed record ChatLogprobs
{
    public required IReadOnlyList<TokenLogprob> Content { get; init; }

    /// <summary>Always null: a refusal is text like any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<TokenLogprob>? Refusal { get; init; }
}
