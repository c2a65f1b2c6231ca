namespace InferServe.LoadTests.Http;

/// <summary>A request that is ready to be sent.</summary>
internal sealed record OutgoingRequest
{
    public required int Session { get; init; }

    public required string Model { get; init; }

    public string? Class { get; init; }

    /// <summary>Seconds from the start of the run at which it is due.</summary>
    public required double Planned { get; init; }

    /// <summary>JSON.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Value of <c>max_tokens</c> in the body.</summary>
    public required int MaxTokens { get; init; }

    public string? ApiKey { get; init; }

    public int? AbortAfterTokens { get; init; }

    public double? AbortAfterSeconds { get; init; }

    /// <summary>Completed when the first chunk with text arrives, for those who wait for it.</summary>
    public TaskCompletionSource? FirstText { get; init; }
}
