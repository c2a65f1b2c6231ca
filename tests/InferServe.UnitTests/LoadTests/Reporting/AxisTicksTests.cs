using InferServe.LoadTests.Reporting.Charts;

namespace InferServe.UnitTests.LoadTests.Reporting;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(1, 5, 0.2)]
    [InlineData(9.7, 5, 2)]
    [InlineData(100, 5, 20)]
    [InlineData(101, 5, 25)]
    [InlineData(0.003, 5, 0.001)]
    [InlineData(0, 5, 0.2)]
    [InlineData(double.NaN, 5, 0.2)]
    public void Of_Largest_RoundStepsThatReachIt(double most, int count, double step)
    {
        IReadOnlyList<double> ticks = AxisTicks.Of(most, count);

        Assert.Equal(step, ticks[1], 9);
        Assert.True(ticks[^1] >= (double.IsNaN(most) ? 0 : most));
        Assert.InRange(ticks.Count, 2, count + 1);
    }
}
