using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class RetryAfterEstimateTests
{
    [Theory]
    [InlineData(null, 0, 8, 1)]
    [InlineData(4.0, 16, 8, 8)]
    [InlineData(0.1, 16, 8, 1)]
    [InlineData(100.0, 256, 8, 60)]
    public void Of_MeasuredSpeed_IsBoundedTimeForTheQueue(double? meanSeconds, int waiting, int rows, double expected)
    {
        TimeSpan? mean = meanSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        Assert.Equal(TimeSpan.FromSeconds(expected), RetryAfterEstimate.Of(mean, waiting, rows));
    }
}
