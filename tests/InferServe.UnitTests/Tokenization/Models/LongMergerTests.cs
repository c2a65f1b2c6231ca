using InferServe.Tokenization.Models.Bpe;

namespace InferServe.UnitTests.Tokenization.Models;

public class LongMergerTests
{
    [Fact]
    public void Merge_RandomTokens_GivesWhatTheShortMergerGives()
    {
        var random = new Random(6);
        for (int round = 0; round < 2000; round++)
        {
            MergeTable merges = RandomMerges(random);
            int[] tokens = [.. Enumerable.Range(0, random.Next(1, ShortMerger.MostTokens + 1)).Select(_ => random.Next(4))];
            int[] others = [.. tokens];
            int count = LongMerger.Merge(tokens, merges, out _);
            Assert.Equal(others[..ShortMerger.Merge(others, merges)], tokens[..count]);
        }
    }

    [Fact]
    public void Merge_AMillionTokens_TakesThreeStepsForEachAtMost()
    {
        var random = new Random(7);
        int[] tokens = [.. Enumerable.Range(0, 1 << 20).Select(_ => random.Next(2))];
        int count = LongMerger.Merge(tokens, RandomMerges(random), out int steps);
        Assert.InRange(count, 1, 1 << 20);
        Assert.InRange(steps, 1, 3 << 20);
    }

    private static MergeTable RandomMerges(Random random)
    {
        var merges = new MergeTable(30);
        int[] ranks = [.. Enumerable.Range(0, 30)];
        random.Shuffle(ranks);
        for (int id = 4; id < 34; id++)
        {
            merges.Set(random.Next(id), random.Next(id), new Merge(ranks[id - 4], id));
        }

        return merges;
    }
}
