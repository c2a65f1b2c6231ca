namespace InferServe.LoadTests.Reporting.Charts;

/// <summary>One line of a chart. Points whose Y is not a number are left out and interrupt the line.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points);
