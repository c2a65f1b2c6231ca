namespace InferServe.Benchmarks;

/// <summary>The middle of several measurements.</summary>
internal static class Medians
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
