namespace InferServe.Contracts.Tokens;

/// <summary>The answer of <c>POST /tokenize</c>.</summary>
public sealed record TokenizeResponse
{
    /// <summary>Number of tokens.</summary>
    public required int Count { get; init; }

    /// <summary>How many tokens the model's context holds.</summary>
    public required int MaxModelLen { get; init; }

    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>The tokens as the vocabulary writes them, when the request asks for them.</summary>
    public IReadOnlyList<string>? TokenStrs { get; init; }
}
