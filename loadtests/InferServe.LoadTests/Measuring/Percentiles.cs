namespace InferServe.LoadTests.Measuring;

/// <summary>Percentiles by the nearest-rank method, exact over all values.</summary>
internal static class Percentiles
{
    /// <summary>The smallest value that at least <paramref name="percent"/> % of the values do not exceed; NaN for no values.</summary>
    public static double Of(IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return OfSorted(sorted, percent);
    }

    /// <summary>The same for values in ascending order.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double percent)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        int rank = (int)Math.Ceiling(percent / 100 * sorted.Length);
        return sorted[Math.Clamp(rank, 1, sorted.Length) - 1];
    }
}
