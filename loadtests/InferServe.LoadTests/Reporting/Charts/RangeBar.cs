namespace InferServe.LoadTests.Reporting.Charts;

/// <summary>A median with the range around it.</summary>
internal sealed record RangeBar(string Name, double Median, double Least, double Most);
