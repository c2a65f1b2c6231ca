using InferServe.LoadTests.Objectives;

namespace InferServe.LoadTests.Measuring;

/// <summary>A run in numbers. Latencies are those of completed requests due in the window.</summary>
internal sealed record RunSummary
{
    public required double WindowSeconds { get; init; }

    /// <summary>Requests due in the window.</summary>
    public required int Requests { get; init; }

    public required int Completed { get; init; }

    public required int Aborted { get; init; }

    /// <summary>Failed by an error that the scenario expects, such as 429 in an overload.</summary>
    public required int Refused { get; init; }

    /// <summary>Failed by any other error.</summary>
    public required int Errors { get; init; }

    public required int RefusalsWithoutRetryAfter { get; init; }

    /// <summary>Failed requests by the name of the error, refusals included.</summary>
    public required IReadOnlyDictionary<string, int> ErrorsByKind { get; init; }

    /// <summary>From the planned sending time.</summary>
    public required LatencyStats TimeToFirstToken { get; init; }

    /// <summary>Gaps between chunks with text; a chunk may carry several tokens.</summary>
    public required LatencyStats InterTokenLatency { get; init; }

    /// <summary>(end − first token) / (tokens − 1).</summary>
    public required LatencyStats TimePerOutputToken { get; init; }

    /// <summary>From the planned sending time.</summary>
    public required LatencyStats EndToEnd { get; init; }

    /// <summary>From the actual sending time.</summary>
    public required LatencyStats TimeToFirstTokenFromSend { get; init; }

    /// <summary>From the actual sending time.</summary>
    public required LatencyStats EndToEndFromSend { get; init; }

    /// <summary>Actual minus planned sending time, of all requests due in the window.</summary>
    public required LatencyStats Lag { get; init; }

    /// <summary>Requests that ended whole in the window, per second.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>Output tokens that arrived in the window, per second, whatever became of their requests.</summary>
    public required double OutputTokensPerSecond { get; init; }

    /// <summary>The same with the prompt tokens of requests whose first token arrived in the window.</summary>
    public required double TotalTokensPerSecond { get; init; }

    /// <summary>Requests that ended whole in the window and met all objectives, per second.</summary>
    public required double Goodput { get; init; }

    /// <summary>Share of the requests due in the window, aborted ones aside, that met all objectives.</summary>
    public required double GoodputRatio { get; init; }

    public required double MeanPromptTokens { get; init; }

    public required double MeanOutputTokens { get; init; }

    /// <summary>Prompt tokens that the server took from its cache over all prompt tokens.</summary>
    public required double CachedTokenRatio { get; init; }

    /// <summary>Completed requests whose tokens were counted by chunks because the server reported no usage.</summary>
    public required int WithoutUsage { get; init; }

    /// <summary>The same by model and by kind of request, where there is more than one.</summary>
    public required IReadOnlyList<ClassSummary> Classes { get; init; }

    /// <summary>Every number under its name in <see cref="MetricNames.All"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics()
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        LatencyStats[] latencies =
            [TimeToFirstToken, InterTokenLatency, TimePerOutputToken, EndToEnd, TimeToFirstTokenFromSend, EndToEndFromSend, Lag];
        foreach ((string name, LatencyStats latency) in MetricNames.Latencies.Zip(latencies))
        {
            foreach (string statistic in MetricNames.Statistics)
            {
                metrics[$"{name}.{statistic}"] = latency.Get(statistic);
            }
        }

        metrics[MetricNames.RequestsPerSecond] = RequestsPerSecond;
        metrics[MetricNames.OutputTokensPerSecond] = OutputTokensPerSecond;
        metrics[MetricNames.TotalTokensPerSecond] = TotalTokensPerSecond;
        metrics[MetricNames.Goodput] = Goodput;
        metrics[MetricNames.GoodputRatio] = GoodputRatio;
        metrics[MetricNames.Errors] = Errors;
        metrics[MetricNames.ErrorRatio] = Ratio(Errors);
        metrics[MetricNames.RefusedRatio] = Ratio(Refused);
        metrics[MetricNames.RefusalsWithoutRetryAfter] = RefusalsWithoutRetryAfter;
        metrics[MetricNames.CachedTokenRatio] = CachedTokenRatio;
        return metrics;
    }

    private double Ratio(int count) => Requests == 0 ? double.NaN : (double)count / Requests;
}
