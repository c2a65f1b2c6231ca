namespace InferServe.LoadTests.Measuring;

/// <summary>Whether the load generator kept up well enough for its numbers to speak of the server.</summary>
internal static class LagTrust
{
    /// <summary>Lag in milliseconds that is never held against a run: the grain of timers.</summary>
    public const double FreeMilliseconds = 5;

    /// <summary>Largest lag as a share of the latency that is measured.</summary>
    public const double MostShare = 0.1;

    /// <summary>What is wrong, or null.</summary>
    /// <param name="lag">Milliseconds, 99th percentile of sending late.</param>
    /// <param name="poolDelay">Milliseconds, 99th percentile of waiting for a thread.</param>
    /// <param name="firstToken">Milliseconds, median time to the first token.</param>
    public static string? Doubt(double lag, double poolDelay, double firstToken)
    {
        double limit = double.IsNaN(firstToken) ? FreeMilliseconds : Math.Max(FreeMilliseconds, MostShare * firstToken);
        return lag > limit ? Text($"requests were sent late (p99 {lag:F1} ms, trusted up to {limit:F1} ms)")
            : poolDelay > limit ? Text($"answers were read late (p99 {poolDelay:F1} ms for a thread, trusted up to {limit:F1} ms)")
            : null;
    }

    public static string? Doubt(RunSummary summary, ClientHealth client)
    {
        return Doubt(summary.Lag.P99, client.PoolDelay.P99, summary.TimeToFirstToken.P50);
    }

    private static string Text(FormattableString text) =>
        text.ToString(System.Globalization.CultureInfo.InvariantCulture) + "; the load generator needs more of a machine, or less load";
}
