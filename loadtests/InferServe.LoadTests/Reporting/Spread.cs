namespace InferServe.LoadTests.Reporting;

/// <summary>The median of some values with their range.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    /// <param name="values">Those that are not finite are left out; NaN everywhere where none is left.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return new Spread(double.NaN, double.NaN, double.NaN);
        }

        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>As in <c>1.46 (1.33–1.51)</c>.</summary>
    public override string ToString() => double.IsNaN(Median) ? "–" : $"{ReportNumbers.Of(Median)} ({ReportNumbers.Of(Least)}–{ReportNumbers.Of(Most)})";
}
