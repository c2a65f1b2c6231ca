namespace InferServe.Gateway.Quotas;

/// <summary>Whether a request is let in, and how its key stands after that.</summary>
internal sealed record QuotaDecision
{
    /// <summary>Why it is not let in; null when it is.</summary>
    public QuotaRefusal? Refusal { get; init; }

    /// <summary>Tokens that count for the request while it runs.</summary>
    public required long ExpectedTokens { get; init; }

    /// <summary>Null when the key has no such limit.</summary>
    public QuotaStatus? Requests { get; init; }

    /// <summary>Null when the key has no such limit.</summary>
    public QuotaStatus? Tokens { get; init; }
}

/// <summary>How a key stands with one limit.</summary>
/// <param name="Limit">The most in 60 seconds.</param>
/// <param name="Remaining">What is left of it.</param>
/// <param name="Reset">Time until all of it is there again, if nothing more is used.</param>
internal sealed record QuotaStatus(long Limit, long Remaining, TimeSpan Reset);

/// <summary>The limit that a request would exceed.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Limit">Its value.</param>
/// <param name="Used">What counts against it.</param>
/// <param name="RetrySeconds">Seconds until the request fits.</param>
internal sealed record QuotaRefusal(QuotaKind Kind, long Limit, long Used, long RetrySeconds);

/// <summary>The limits that a key can have.</summary>
internal enum QuotaKind
{
    RequestsPerMinute,
    TokensPerMinute,
    ConcurrentRequests,
}

/// <summary>What counts for one second.</summary>
/// <param name="Second">Seconds since 1970.</param>
/// <param name="Requests">Requests let in.</param>
/// <param name="Tokens">Tokens taken.</param>
internal sealed record QuotaCell(long Second, long Requests, long Tokens);
