using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;

namespace InferServe.UnitTests.Engine.Sampling;

public sealed class LogitAdjustmentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Mask_RandomBits_ExcludesExactlyTheTokensWithoutOne(int vocabulary)
    {
        var random = new Random(vocabulary);
        for (int round = 0; round < 50; round++)
        {
            ulong[] mask = new ulong[(vocabulary + 63) / 64];
            for (int word = 0; word < mask.Length; word++)
            {
                mask[word] = random.Next(3) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64() };
            }

            float[] logits = [.. Enumerable.Range(0, vocabulary).Select(t => (float)t)];
            LogitAdjustments.Mask(logits, mask);

            Assert.All(logits.Index(), item => Assert.Equal(
                (mask[item.Index / 64] >> (item.Index % 64) & 1) == 1 ? item.Index : float.NegativeInfinity, item.Item));
        }
    }

    [Fact]
    public void ExcludeStops_OthersLeft_ExcludesThem()
    {
        float[] logits = [5, 1, 4];

        LogitAdjustments.ExcludeStops(logits, [0, 2], new float[3]);

        Assert.Equal([float.NegativeInfinity, 1, float.NegativeInfinity], logits);
    }

    [Fact]
    public void ExcludeStops_NothingElseAllowed_LeavesThem()
    {
        float[] logits = [5, float.NegativeInfinity, 4];

        LogitAdjustments.ExcludeStops(logits, [0, 2], new float[3]);

        Assert.Equal([5, float.NegativeInfinity, 4], logits);
    }

    [Fact]
    public void Bias_SomeTokens_AddsToThoseOnly()
    {
        float[] logits = [1, 2, 3];

        LogitAdjustments.Bias(logits, [new(2, -100), new(0, 0.5f)]);

        Assert.Equal([1.5f, 2, -97], logits);
    }

    [Fact]
    public void Penalize_PromptAndOutputTokens_FollowsTheDefinitions()
    {
        // Token 0 in the prompt, 1 twice in the output, 2 once in the output, 3 nowhere.
        float[] logits = [3, 3, -3, 3];
        var occurrences = new Dictionary<int, int> { [0] = 0, [1] = 2, [2] = 1 };
        var sampling = new SamplingParameters { RepetitionPenalty = 1.5f, PresencePenalty = 0.25f, FrequencyPenalty = 0.5f };

        LogitAdjustments.Penalize(logits, occurrences, sampling);

        Assert.Equal([2, 2 - 0.25f - 1, -4.5f - 0.25f - 0.5f, 3], logits);
    }
}
