namespace InferServe.Contracts.Logprobs;

/// <summary>One generated token with its log-probability and those of the likeliest tokens in its place.</summary>
public sealed record TokenLogprob
{
    /// <summary>The token's text; bytes that are no character by themselves show as U+FFFD.</summary>
    public required string Token { get; init; }

    /// <summary>Natural logarithm of the probability.</summary>
    public required double Logprob { get; init; }

    /// <summary>The token's UTF-8 bytes; a character may be spread over several tokens.</summary>
    public required IReadOnlyList<int> Bytes { get; init; }

    /// <summary>The likeliest tokens in falling order; as many as the request asks for.</summary>
    public required IReadOnlyList<TopLogprob> TopLogprobs { get; init; }
}
