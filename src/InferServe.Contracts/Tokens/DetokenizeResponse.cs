namespace InferServe.Contracts.Tokens;

/// <summary>The answer of <c>POST /detokenize</c>.</summary>
public sealed record DetokenizeResponse
{
    /// <summary>The text, control tokens included.</summary>
    public required string Prompt { get; init; }
}
