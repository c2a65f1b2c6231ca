using InferServe.LoadTests.Measuring;

namespace InferServe.UnitTests.LoadTests.Support;

/// <summary>Records of requests that tests make up.</summary>
internal static class Records
{
    /// <summary>A whole answer with 100 prompt tokens; times in seconds.</summary>
    public static RequestRecord Completed(double planned, double sent, double end, int tokens, params double[] arrivals) => new()
    {
        Session = 0,
        Model = "m",
        Planned = planned,
        Sent = sent,
        End = end,
        Outcome = RequestOutcome.Completed,
        Arrivals = arrivals,
        PromptTokens = 100,
        CompletionTokens = tokens,
        HasUsage = true,
    };

    public static RequestRecord Failed(double planned, string error, bool retryAfter) => new()
    {
        Session = 0,
        Model = "m",
        Planned = planned,
        Sent = planned,
        End = planned + 1,
        Outcome = RequestOutcome.Failed,
        Error = error,
        HasRetryAfter = retryAfter,
    };

    public static RunResult Run(MeasuredWindow window, params RequestRecord[] records)
    {
        return new RunResult(records, window, new ClientHealth(LatencyStats.Of([0.001]), 0, 0.1), false);
    }
}
