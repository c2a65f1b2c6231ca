namespace InferServe.Contracts.Chat;

/// <summary>One answer to a chat.</summary>
public sealed record ChatChoice
{
    public required int Index { get; init; }

    public required ChatAnswer Message { get; init; }

    /// <summary>One of <see cref="Generation.FinishReasons"/>.</summary>
    public required string FinishReason { get; init; }
}
