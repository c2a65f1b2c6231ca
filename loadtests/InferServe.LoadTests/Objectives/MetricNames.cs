namespace InferServe.LoadTests.Objectives;

/// <summary>The names by which objectives, comparisons and reports speak of a run's numbers.</summary>
internal static class MetricNames
{
    /// <summary>Latencies, in milliseconds; each has a value for every one of <see cref="Statistics"/>, as in <c>ttft.p99</c>.</summary>
    public static IReadOnlyList<string> Latencies { get; } = ["ttft", "itl", "tpot", "e2e", "ttft_from_send", "e2e_from_send", "lag"];

    public static IReadOnlyList<string> Statistics { get; } = ["mean", "p50", "p90", "p95", "p99", "max"];

    public const string RequestsPerSecond = "requests_per_second";
    public const string OutputTokensPerSecond = "output_tokens_per_second";
    public const string TotalTokensPerSecond = "total_tokens_per_second";
    public const string Goodput = "goodput";
    public const string GoodputRatio = "goodput_ratio";
    public const string Errors = "errors";
    public const string ErrorRatio = "error_ratio";
    public const string RefusedRatio = "refused_ratio";
    public const string RefusalsWithoutRetryAfter = "refusals_without_retry_after";
    public const string CachedTokenRatio = "cached_token_ratio";

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Latencies.SelectMany(latency => Statistics.Select(statistic => $"{latency}.{statistic}")),
        RequestsPerSecond, OutputTokensPerSecond, TotalTokensPerSecond, Goodput, GoodputRatio, Errors, ErrorRatio, RefusedRatio,
        RefusalsWithoutRetryAfter, CachedTokenRatio,
    ];
}
