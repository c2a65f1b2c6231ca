namespace InferServe.LoadTests.Reporting.Charts;

/// <summary>Round numbers for an axis.</summary>
internal static class AxisTicks
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>Values from 0 to at least <paramref name="most"/>, at most <paramref name="count"/> + 1 of them, 1, 2, 2.5 or 5 times a power of ten apart.</summary>
    public static IReadOnlyList<double> Of(double most, int count)
    {
        if (!(most > 0) || !double.IsFinite(most))
        {
            most = 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(most / count)));
        double step = Steps.Select(factor => factor * power).FirstOrDefault(step => step * count >= most * (1 - 1e-9), 10 * power);
        int ticks = (int)Math.Ceiling((most / step) - 1e-9);
        return [.. Enumerable.Range(0, ticks + 1).Select(index => index * step)];
    }
}
