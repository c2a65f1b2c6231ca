using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class NucleusSelectionTests
{
    [Fact]
    public void LastKept_SmallIntegerWeights_AgreesWithFullSortForEveryMass()
    {
        var random = new Random(3);
        for (int round = 0; round < 2000; round++)
        {
            // Small integers add without rounding, so every boundary is hit exactly; many are equal.
            float[] weights = [.. Enumerable.Range(0, random.Next(1, 25)).Select(_ => (float)random.Next(0, 6))];
            int[] sorted = [.. Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i)];
            double total = weights.Sum();
            for (double mass = 0.5; mass <= total; mass += 0.5)
            {
                double reached = 0;
                int expected = sorted.First(i => (reached += weights[i]) >= mass);
                Assert.Equal(expected, NucleusSelection.LastKept(weights, new int[weights.Length], mass));
            }

            Assert.Equal(sorted[^1], NucleusSelection.LastKept(weights, new int[weights.Length], total + 1));
        }
    }

    [Fact]
    public void LastKept_SortedOrEqualWeights_TakesFewSteps()
    {
        // A quadratic selection would need 10¹⁰ comparisons here.
        float[] ascending = [.. Enumerable.Range(0, 100_000).Select(i => (float)i)];
        float[] equal = [.. Enumerable.Repeat(1f, 100_000)];

        Assert.Equal(99_999, NucleusSelection.LastKept(ascending, new int[100_000], 1));
        Assert.Equal(49_999, NucleusSelection.LastKept(equal, new int[100_000], 50_000));
    }
}
