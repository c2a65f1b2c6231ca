using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class CounterRandomTests
{
    [Fact]
    public void Unit_SameInputs_GivesTheSameNumber() =>
        Assert.Equal(CounterRandom.Unit(42, 1, 7), CounterRandom.Unit(42, 1, 7));

    [Fact]
    public void Unit_AnyInputChanged_GivesAnotherNumber()
    {
        double[] units =
        [
            CounterRandom.Unit(42, 0, 7),
            CounterRandom.Unit(43, 0, 7),
            CounterRandom.Unit(42UL + (1UL << 32), 0, 7),
            CounterRandom.Unit(42, 1, 7),
            CounterRandom.Unit(42, 0, 8),
        ];

        Assert.Equal(units.Length, units.Distinct().Count());
    }

    [Fact]
    public void Unit_ManyPositions_IsUniform()
    {
        const int Draws = 20_000;
        int[] bins = new int[20];
        for (int position = 0; position < Draws; position++)
        {
            double unit = CounterRandom.Unit(seed: 1, sampleIndex: 0, position);
            Assert.InRange(unit, 0, Math.BitDecrement(1.0));
            bins[(int)(unit * bins.Length)]++;
        }

        double expected = (double)Draws / bins.Length;
        double chiSquare = bins.Sum(n => (n - expected) * (n - expected) / expected);
        Assert.True(chiSquare < 43.8, $"chi-square {chiSquare} with 19 degrees of freedom, p < 0.001");
    }

    [Fact]
    public void Seed_ManyIndices_AreDistinctAndApartFromTokenNumbers()
    {
        ulong[] seeds = [.. Enumerable.Range(0, 1000).Select(i => CounterRandom.Seed(5, (ulong)i))];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.NotEqual((seeds[3] >> 11) * Math.Pow(2, -53), CounterRandom.Unit(5, 0, 3));
    }
}
