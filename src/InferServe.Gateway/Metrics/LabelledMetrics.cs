using Prometheus;

namespace InferServe.Gateway.Metrics;

internal static class LabelledMetrics
{
    /// <summary>Takes away the samples of whatever is not there any more.</summary>
    /// <param name="metric">A metric with labels.</param>
    /// <param name="labels">The values of the labels that stay.</param>
    public static void KeepOnly<TChild>(this Collector<TChild> metric, IReadOnlyCollection<string[]> labels)
        where TChild : ChildBase
    {
        foreach (var gone in metric.GetAllLabelValues().Where(known => !labels.Any(known.SequenceEqual)).ToList())
        {
            metric.RemoveLabelled(gone);
        }
    }
}
