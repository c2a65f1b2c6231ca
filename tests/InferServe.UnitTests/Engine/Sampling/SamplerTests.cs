using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class SamplerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(255)]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Sample_RandomLogitsAndParameters_AgreesWithFullSort(int vocabulary)
    {
        var random = new Random(vocabulary);
        var sampler = new Sampler(vocabulary);
        for (int round = 0; round < 30_000 / (100 + vocabulary); round++)
        {
            float[] logits = RandomLogits(random, vocabulary);
            SamplingParameters sampling = RandomParameters(random, vocabulary);
            for (int draw = 0; draw < 8; draw++)
            {
                double unit = draw == 0 ? 0 : random.NextDouble();
                int expected = ReferenceSampler.Sample(logits, sampling, unit);
                SampleResult result = sampler.Sample([.. logits], sampling, unit);
                Assert.False(result.Failed);
                Assert.True(expected == result.Token, $"{result.Token} instead of {expected} for {sampling}, unit {unit}, round {round}");
            }
        }
    }

    [Fact]
    public void Sample_GreedyWithTies_TakesTheLowestId()
    {
        for (int vocabulary = 2; vocabulary < 80; vocabulary++)
        {
            var sampler = new Sampler(vocabulary);
            for (int first = 0; first < vocabulary; first++)
            {
                float[] logits = new float[vocabulary];
                logits.AsSpan(first).Fill(1);
                Assert.Equal(first, sampler.Sample(logits, EngineFixtures.Greedy, 0.9).Token);
            }
        }
    }

    [Theory]
    [InlineData(0, 1f, 0f)]
    [InlineData(4, 1f, 0f)]
    [InlineData(0, 0.8f, 0f)]
    [InlineData(0, 1f, 0.2f)]
    public void Sample_ManyDraws_FollowsTheTruncatedDistribution(int topK, float topP, float minP)
    {
        const int Draws = 20_000;
        const float Temperature = 0.7f;
        float[] logits = [0.1f, 1.2f, -0.5f, 2f, 0.9f, 1.9f, -2f, 0.4f];
        var sampling = new SamplingParameters { Temperature = Temperature, TopK = topK, TopP = topP, MinP = minP };
        var sampler = new Sampler(logits.Length);
        int[] counts = new int[logits.Length];
        for (int position = 0; position < Draws; position++)
        {
            counts[sampler.Sample([.. logits], sampling, CounterRandom.Unit(99, 0, position)).Token]++;
        }

        int[] kept = KeptByHand(topK, topP, minP);
        double total = kept.Sum(i => Math.Exp(logits[i] / Temperature));
        double chiSquare = 0;
        foreach (int id in kept)
        {
            double expected = Draws * Math.Exp(logits[id] / Temperature) / total;
            chiSquare += (counts[id] - expected) * (counts[id] - expected) / expected;
        }

        Assert.Equal(Draws, kept.Sum(i => counts[i]));
        Assert.True(chiSquare < 24.3, $"chi-square {chiSquare} with at most 7 degrees of freedom, p < 0.001");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Sample_LogitNotFinite_FailsWithItsValueAndToken(float bad)
    {
        float[] logits = new float[300];
        logits[271] = bad;
        var sampler = new Sampler(logits.Length);
        foreach (SamplingParameters sampling in new[] { EngineFixtures.Greedy, new SamplingParameters() })
        {
            SampleResult result = sampler.Sample([.. logits], sampling, 0.5);

            Assert.True(result.Failed);
            Assert.Contains("271", result.Error, StringComparison.Ordinal);
            Assert.Contains($"{bad}", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sample_AllLogitsExcluded_Fails()
    {
        float[] logits = new float[10];
        logits.AsSpan().Fill(float.NegativeInfinity);

        Assert.True(new Sampler(10).Sample(logits, new SamplingParameters(), 0.5).Failed);
    }

    [Theory]
    [InlineData(0, 1f, 0f)]
    [InlineData(5, 1f, 0f)]
    [InlineData(0, 0.9f, 0f)]
    [InlineData(0, 1f, 0.01f)]
    public void Sample_ExcludedTokens_AreNeverChosen(int topK, float topP, float minP)
    {
        var sampling = new SamplingParameters { TopK = topK, TopP = topP, MinP = minP };
        var sampler = new Sampler(1000);
        for (int draw = 0; draw < 1000; draw++)
        {
            float[] logits = new float[1000];
            logits.AsSpan().Fill(float.NegativeInfinity);
            (logits[3], logits[600]) = (0, 0);
            Assert.True(sampler.Sample(logits, sampling, draw / 1000.0).Token is 3 or 600);
        }
    }

    [Fact]
    public void Sample_TinyTemperature_IsGreedy()
    {
        var sampling = new SamplingParameters { Temperature = float.Epsilon };

        Assert.Equal(1, new Sampler(3).Sample([1, 1.0001f, -3e38f], sampling, 0.999).Token);
    }

    [Fact]
    public void Sample_WarmSampler_AllocatesNothing()
    {
        var sampler = new Sampler(2000);
        float[] logits = RandomLogits(new Random(1), 2000);
        float[] work = new float[2000];
        SamplingParameters[] all =
        [
            EngineFixtures.Greedy,
            new(),
            new() { TopK = 40, TopP = 0.9f, MinP = 0.05f },
            new() { TopP = 0.9f },
            new() { MinP = 0.1f },
        ];
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (SamplingParameters sampling in all)
            {
                logits.CopyTo(work, 0);
                sampler.Sample(work, sampling, 0.3);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>Probabilities relative to token 3's: 3: 1, 5: 0.87, 1: 0.32, 4: 0.21, 7: 0.10, 0: 0.07, 2: 0.03, 6: 0.003; sum 2.59.</summary>
    private static int[] KeptByHand(int topK, float topP, float minP) => (topK, topP, minP) switch
    {
        (4, _, _) => [3, 5, 1, 4],
        (_, 0.8f, _) => [3, 5, 1],
        (_, _, 0.2f) => [3, 5, 1, 4],
        _ => [0, 1, 2, 3, 4, 5, 6, 7],
    };

    private static float[] RandomLogits(Random random, int vocabulary)
    {
        // Few levels make many ties; a wide spread makes peaked distributions.
        int levels = random.Next(3) switch { 0 => 3, 1 => 50, _ => 1_000_000 };
        double spread = random.Next(3) switch { 0 => 1, 1 => 8, _ => 60 };
        return [.. Enumerable.Range(0, vocabulary).Select(_ => (float)(random.Next(levels) / (double)levels * spread))];
    }

    private static SamplingParameters RandomParameters(Random random, int vocabulary) => new()
    {
        Temperature = random.Next(4) switch { 0 => 0, 1 => 1, _ => 0.1f + (2 * random.NextSingle()) },
        TopK = random.Next(2) == 0 ? 0 : random.Next(1, vocabulary + 3),
        TopP = random.Next(2) == 0 ? 1 : Math.Max(1e-6f, random.NextSingle()),
        MinP = random.Next(3) switch { 0 => random.NextSingle(), 1 => 1, _ => 0 },
    };
}
