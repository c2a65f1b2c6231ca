namespace InferServe.Contracts.Logprobs;

/// <summary>A token that could have stood in a place, with its log-probability.</summary>
public sealed record TopLogprob
{
    /// <summary>The token's text; bytes that are no character by themselves show as U+FFFD.</summary>
    public required string Token { get; init; }

    /// <summary>Natural logarithm of the probability.</summary>
    public required double Logprob { get; init; }

    /// <summary>The token's UTF-8 bytes; a character may be spread over several tokens.</summary>
    public required IReadOnlyList<int> Bytes { get; init; }
}
