namespace InferServe.LoadTests.Measuring;

/// <summary>Mean and percentiles of a latency, in milliseconds, exact over all recorded values; NaN where there are none.</summary>
internal sealed record LatencyStats(int Count, double Mean, double P50, double P90, double P95, double P99, double Max)
{
    /// <param name="seconds">The values; NaN among them are left out.</param>
    public static LatencyStats Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Where(value => !double.IsNaN(value)).Select(value => value * 1000)];
        Array.Sort(sorted);
        return new LatencyStats(
            sorted.Length,
            sorted.Length == 0 ? double.NaN : sorted.Average(),
            Percentiles.OfSorted(sorted, 50),
            Percentiles.OfSorted(sorted, 90),
            Percentiles.OfSorted(sorted, 95),
            Percentiles.OfSorted(sorted, 99),
            Percentiles.OfSorted(sorted, 100));
    }

    /// <summary>The value with a name out of <see cref="Objectives.MetricNames.Statistics"/>.</summary>
    public double Get(string statistic) => statistic switch
    {
        "mean" => Mean,
        "p50" => P50,
        "p90" => P90,
        "p95" => P95,
        "p99" => P99,
        _ => Max,
    };
}
