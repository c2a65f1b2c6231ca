namespace InferServe.Contracts.Generation;

/// <summary>How many tokens a request took.</summary>
public sealed record Usage
{
    public required int PromptTokens { get; init; }

    public required int CompletionTokens { get; init; }

    public required int TotalTokens { get; init; }

    /// <summary>Counts a request's tokens.</summary>
    public static Usage Of(int promptTokens, int completionTokens) => new()
    {
        PromptTokens = promptTokens,
        CompletionTokens = completionTokens,
        TotalTokens = promptTokens + completionTokens,
    };
}
