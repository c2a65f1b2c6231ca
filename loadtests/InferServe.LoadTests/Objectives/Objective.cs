namespace InferServe.LoadTests.Objectives;

/// <summary>A bound on a metric of the whole run. One or both ends are finite.</summary>
/// <param name="Metric">One of <see cref="MetricNames.All"/>.</param>
/// <param name="AtLeast">Lower bound, in the metric's unit.</param>
/// <param name="AtMost">Upper bound, in the metric's unit.</param>
internal sealed record Objective(string Metric, double AtLeast, double AtMost)
{
    /// <summary>False also where the run has no such value.</summary>
    public bool IsMet(double value) => value >= AtLeast && value <= AtMost;
}
