namespace InferServe.LoadTests.Http;

/// <summary>Holds the usage that a server reports against what came.</summary>
internal static class UsageCheck
{
    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="usage">As reported.</param>
    /// <param name="chunks">Chunks that carried text; each has at least one token.</param>
    /// <param name="mostTokens">The request's <c>max_tokens</c>.</param>
    public static string? Find(AnswerUsage usage, int chunks, int mostTokens)
    {
        return usage.PromptTokens < 1 ? "no prompt tokens"
            : usage.CompletionTokens < chunks ? "fewer tokens than chunks"
            : usage.CompletionTokens > mostTokens ? "more tokens than max_tokens"
            : usage.TotalTokens != usage.PromptTokens + usage.CompletionTokens ? "total is not prompt + completion"
            : usage.CachedTokens > usage.PromptTokens ? "more cached tokens than prompt tokens"
            : null;
    }
}
