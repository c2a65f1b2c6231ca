namespace InferServe.Contracts.Logprobs;

/// <summary>Log-probabilities of the tokens of a continued text; the four lists have one item for each token.</summary>
public sealed record CompletionLogprobs
{
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Natural logarithms; null for the first token of an echoed prompt, which nothing predicts.</summary>
    public required IReadOnlyList<double?> TokenLogprobs { get; init; }

    /// <summary>The likeliest tokens in each place; null like the above.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, double>?> TopLogprobs { get; init; }

    /// <summary>Where each token begins in the answer's text, in UTF-16 characters.</summary>
    public required IReadOnlyList<int> TextOffset { get; init; }
}
