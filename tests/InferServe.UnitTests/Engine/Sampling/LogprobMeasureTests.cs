using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class LogprobMeasureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void Measure_RandomLogits_AgreesWithTheDefinition(int vocabulary)
    {
        var random = new Random(vocabulary);
        var measure = new LogprobMeasure(vocabulary);
        for (int round = 0; round < 100; round++)
        {
            // Few levels make ties.
            float[] logits = [.. Enumerable.Range(0, vocabulary).Select(_ => random.Next(20) / 3f)];
            int token = random.Next(vocabulary);
            int top = random.Next(0, 25);
            double normalizer = Math.Log(logits.Sum(l => Math.Exp(l)));
            int[] order = [.. Enumerable.Range(0, vocabulary).OrderByDescending(t => logits[t]).ThenBy(t => t)];

            TokenLogprobs measured = measure.Measure(logits, token, top);

            Assert.Equal((token, Array.IndexOf(order, token) + 1), (measured.Token, measured.Rank));
            Assert.Equal(logits[token] - normalizer, measured.Logprob, 1e-5);
            Assert.Equal(order.Take(top), measured.Top.Select(pair => pair.Key));
            Assert.All(measured.Top, pair => Assert.Equal(logits[pair.Key] - normalizer, pair.Value, 1e-5));
        }
    }

    [Fact]
    public void Measure_LargeLogits_DoesNotOverflow()
    {
        TokenLogprobs measured = new LogprobMeasure(3).Measure([10_000, 9_999, float.NegativeInfinity], 1, 3);

        Assert.Equal(-1.3133, measured.Logprob, 1e-3);
        Assert.Equal(float.NegativeInfinity, measured.Top[2].Value);
    }
}
