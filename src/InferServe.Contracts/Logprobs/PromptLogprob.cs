namespace InferServe.Contracts.Logprobs;

/// <summary>The log-probability of a token in a place of the prompt; the key that it stands under is its id.</summary>
public sealed record PromptLogprob
{
    /// <summary>Natural logarithm of the probability.</summary>
    public required double Logprob { get; init; }

    /// <summary>Its place among all tokens, 1 for the likeliest.</summary>
    public required int Rank { get; init; }

    /// <summary>The token's text.</summary>
    public required string DecodedToken { get; init; }
}
