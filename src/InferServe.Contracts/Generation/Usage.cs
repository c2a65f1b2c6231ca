namespace InferServe.Contracts.Generation;

/// <summary>How many tokens a request took, all its prompts and answers together.</summary>
public sealed record Usage
{
    public required int PromptTokens { get; init; }

    public required int CompletionTokens { get; init; }

    public required int TotalTokens { get; init; }

    public PromptTokensDetails? PromptTokensDetails { get; init; }

    public CompletionTokensDetails? CompletionTokensDetails { get; init; }

    /// <summary>Counts a request's tokens.</summary>
    public static Usage Of(int promptTokens, int completionTokens, int cachedTokens = 0, int reasoningTokens = 0) => new()
    {
        PromptTokens = promptTokens,
        CompletionTokens = completionTokens,
        TotalTokens = promptTokens + completionTokens,
        PromptTokensDetails = new PromptTokensDetails { CachedTokens = cachedTokens },
        CompletionTokensDetails = new CompletionTokensDetails { ReasoningTokens = reasoningTokens },
    };
}
