using InferServe.LoadTests.Measuring;

namespace InferServe.UnitTests.LoadTests.Measuring;

public sealed class PercentilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(50, 5)]
    [InlineData(90, 9)]
    [InlineData(99, 10)]
    [InlineData(100, 10)]
    public void Of_TenValuesInAnyOrder_NearestRank(double percent, double expected)
    {
        double[] values = [7, 3, 10, 1, 5, 9, 2, 8, 6, 4];

        Assert.Equal(expected, Percentiles.Of(values, percent));
    }

    [Fact]
    public void Of_NoValues_IsNotANumber()
    {
        Assert.Equal(double.NaN, Percentiles.Of([], 50));
    }
}
