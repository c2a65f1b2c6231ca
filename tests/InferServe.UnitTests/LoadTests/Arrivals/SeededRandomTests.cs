using InferServe.LoadTests.Randomness;
using InferServe.LoadTests.Workload;

namespace InferServe.UnitTests.LoadTests.Arrivals;

public sealed class SeededRandomTests
{
    private const int Draws = 20_000;

    [Fact]
    public void For_PurposeAndIndex_GiveStreamsOfTheirOwn()
    {
        double[] firsts =
        [
            SeededRandom.For(1, "a").NextDouble(), SeededRandom.For(2, "a").NextDouble(), SeededRandom.For(1, "b").NextDouble(),
            SeededRandom.For(1, "a", 1).NextDouble(),
        ];

        Assert.Equal(4, firsts.Distinct().Count());
        Assert.Equal(firsts[0], SeededRandom.For(1, "a").NextDouble());
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(6)]
    public void NextGamma_MeanAndVariance_AreItsShape(double shape)
    {
        SeededRandom random = SeededRandom.For(3, "gamma");
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGamma(shape))];

        double mean = values.Average();
        Assert.InRange(mean / shape, 0.96, 1.04);
        Assert.InRange(values.Average(value => Math.Pow(value - mean, 2)) / shape, 0.9, 1.1);
    }

    [Fact]
    public void Draw_Shapes_HaveTheirCentreAndStayInTheirBounds()
    {
        Distribution[] distributions =
        [
            Distribution.Constant(50),
            new(DistributionShape.Uniform, 0, 0, 0, 100),
            new(DistributionShape.Normal, 50, 10, 20, 80),
            new(DistributionShape.LogNormal, 50, 0.5, 10, 250),
        ];
        Assert.All(distributions, distribution =>
        {
            SeededRandom random = SeededRandom.For(4, "lengths");
            double[] values = [.. Enumerable.Range(0, Draws).Select(_ => distribution.Draw(random)).Order()];
            Assert.InRange(values[Draws / 2], 48.5, 51.5);
            Assert.InRange(values[0], distribution.Least, distribution.Most);
            Assert.InRange(values[^1], distribution.Least, distribution.Most);
        });
    }

    [Fact]
    public void DrawWhole_Uniform_ReachesBothEndsAlike()
    {
        var distribution = new Distribution(DistributionShape.Uniform, 0, 0, 1, 3);
        SeededRandom random = SeededRandom.For(5, "whole");
        Dictionary<int, int> counts = Enumerable.Range(0, Draws).CountBy(_ => distribution.DrawWhole(random)).ToDictionary();

        Assert.Equal([1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, Draws * 0.31, Draws * 0.36));
    }
}
