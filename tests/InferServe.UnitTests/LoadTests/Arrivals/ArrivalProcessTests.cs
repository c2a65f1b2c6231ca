using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Randomness;

namespace InferServe.UnitTests.LoadTests.Arrivals;

public sealed class ArrivalProcessTests
{
    private const double Seconds = 2000;

    [Fact]
    public void Until_Constant_EvenAndWithoutDrift()
    {
        double[] times = Times(new ConstantArrivals(3));

        Assert.Equal(6000, times.Length);
        Assert.All(times.Index(), arrival => Assert.Equal(arrival.Index / 3.0, arrival.Item, 12));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void Until_Gamma_MeanRateAndVariationOfTheGaps(double shape)
    {
        double[] gaps = Gaps(Times(new GammaArrivals(5, shape)));

        double mean = gaps.Average();
        double variation = gaps.Average(gap => Math.Pow(gap - mean, 2)) / (mean * mean);
        Assert.InRange(mean * 5, 0.93, 1.07);
        Assert.InRange(variation * shape, 0.85, 1.15);
    }

    [Fact]
    public void Until_Poisson_GapsAreExponential()
    {
        double[] gaps = Gaps(Times(new PoissonArrivals(5)));

        Assert.InRange(gaps.Average() * 5, 0.96, 1.04);
        Assert.InRange(gaps.Count(gap => gap > 0.2) / (double)gaps.Length, 0.35, 0.386);
    }

    [Fact]
    public void Until_Ramp_QuarterOfTheArrivalsInTheFirstHalf()
    {
        double[] times = Times(new RampArrivals(0.0001, 10));

        Assert.InRange(times.Length, 9700, 10300);
        Assert.InRange(times.Count(time => time < Seconds / 2) / (double)times.Length, 0.24, 0.26);
    }

    [Fact]
    public void Until_FallingRamp_StaysWithinTheRun()
    {
        double[] times = Times(new RampArrivals(10, 0.0001));

        Assert.InRange(times.Count(time => time < Seconds / 2) / (double)times.Length, 0.74, 0.76);
        Assert.All(times, time => Assert.InRange(time, 0, Seconds));
    }

    [Fact]
    public void Until_Trace_StartsAtZeroAtItsSpeed()
    {
        TraceEntry[] entries = [new(100, 1, 1), new(101, 2, 2), new(104, 3, 3)];

        Assert.Equal([0, 0.5, 2], Times(new TraceArrivals(entries, 2)));
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Until_SameSeed_SameTimesInOrder(object given)
    {
        var process = (ArrivalProcess)given;
        double[] times = Times(process);

        Assert.Equal(times, Times(process));
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Until_OtherSeed_OtherTimes()
    {
        var process = new PoissonArrivals(1);

        Assert.NotEqual(process.Until(100, SeededRandom.For(1, "arrivals")), process.Until(100, SeededRandom.For(2, "arrivals")));
    }

    public static TheoryData<object> Processes => [new PoissonArrivals(2), new GammaArrivals(2, 0.1), new RampArrivals(1, 3)];

    private static double[] Times(ArrivalProcess process) => [.. process.Until(Seconds, SeededRandom.For(7, "arrivals"))];

    private static double[] Gaps(double[] times) => [.. times.Zip(times.Skip(1), (earlier, later) => later - earlier)];
}
