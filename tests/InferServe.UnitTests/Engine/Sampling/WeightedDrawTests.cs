using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class WeightedDrawTests
{
    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.2499, 1)]
    [InlineData(0.25, 3)]
    [InlineData(0.9999, 3)]
    public void Pick_Unit_FallsIntoTheShareOfItsWeight(double unit, int expected) =>
        Assert.Equal(expected, WeightedDraw.Pick([0, 1, 0, 3, 0], unit));

    [Fact]
    public void Pick_ManyBlocks_AgreesWithPlainWalk()
    {
        // Integer weights add without rounding.
        float[] weights = [.. Enumerable.Range(0, 2000).Select(i => i % 700 < 500 ? 0f : i % 5)];
        double total = weights.Sum();
        for (int step = 0; step < (int)total; step++)
        {
            double cumulative = 0;
            int expected = Array.FindIndex(weights, w => (cumulative += w) > step);
            Assert.Equal(expected, WeightedDraw.Pick(weights, (step + 0.25) / total));
        }
    }

    [Fact]
    public void Pick_UnitNextToOneAndRoundedSums_DrawsTheLastPositiveWeight()
    {
        float[] weights = [.. Enumerable.Range(0, 3000).Select(i => i < 2500 ? 0.1f : 0f)];

        Assert.Equal(2499, WeightedDraw.Pick(weights, Math.BitDecrement(1.0)));
    }
}
