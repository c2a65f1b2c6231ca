namespace InferServe.Contracts.Generation;

/// <summary>What is known of the generated tokens.</summary>
public sealed record CompletionTokensDetails
{
    /// <summary>How many of them are reasoning that comes before the answer.</summary>
    public required int ReasoningTokens { get; init; }
}
