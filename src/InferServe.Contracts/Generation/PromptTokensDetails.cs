namespace InferServe.Contracts.Generation;

/// <summary>What is known of the prompt's tokens.</summary>
public sealed record PromptTokensDetails
{
    /// <summary>How many of them were not computed again, because an earlier request had the same beginning.</summary>
    public required int CachedTokens { get; init; }
}
