using InferServe.Engine.Kv;

namespace InferServe.UnitTests.Engine.Kv;

public sealed class PrefixCacheTests
{
    private const int Block = 4;

    private static readonly CacheScope Scope = new(null, "");

    [Fact]
    public void Match_WholeBlocksOnly()
    {
        var cache = new PrefixCache(capacity: 10, Block);
        Add(cache, Tokens(11));

        Assert.Equal(2, cache.Match(Scope, Tokens(11), exactOnly: false).Count);
        Assert.Single(cache.Match(Scope, Tokens(7), exactOnly: false));
        Assert.Empty(cache.Match(Scope, Tokens(3), exactOnly: false));
        Assert.Empty(cache.Match(Scope, [9, .. Tokens(11)], exactOnly: false));
    }

    [Fact]
    public void Match_OtherAdapterOrSalt_FindsNothing()
    {
        var cache = new PrefixCache(capacity: 10, Block);
        Add(cache, Tokens(8));

        Assert.Empty(cache.Match(new CacheScope("a", ""), Tokens(8), exactOnly: false));
        Assert.Empty(cache.Match(new CacheScope(null, "s"), Tokens(8), exactOnly: false));
    }

    [Fact]
    public void Match_ExactOnly_StopsAtTheFirstInexactBlock()
    {
        var cache = new PrefixCache(capacity: 10, Block);
        Add(cache, Tokens(12), exactLength: 9);

        Assert.Equal(2, cache.Match(Scope, Tokens(12), exactOnly: true).Count);
        Assert.Equal(3, cache.Match(Scope, Tokens(12), exactOnly: false).Count);
    }

    [Fact]
    public void Add_KnownBlockNowExact_IsStoredAgain()
    {
        var cache = new PrefixCache(capacity: 10, Block);
        Add(cache, Tokens(8), exactLength: 0);

        Assert.Equal([(0, 0), (1, 4)], Add(cache, Tokens(8), exactLength: 8));
        Assert.Empty(Add(cache, Tokens(8), exactLength: 0));
        Assert.Equal(2, cache.Match(Scope, Tokens(8), exactOnly: true).Count);
    }

    [Fact]
    public void Add_Full_ForgetsWhatWasUsedLongestAgoFromTheEndOfItsChain()
    {
        var cache = new PrefixCache(capacity: 4, Block);
        Add(cache, Tokens(8));
        Add(cache, Tokens(8, first: 50));
        cache.Match(Scope, Tokens(8), exactOnly: false);

        Add(cache, Tokens(4, first: 90));

        Assert.Equal(2, cache.Match(Scope, Tokens(8), exactOnly: false).Count);
        Assert.Single(cache.Match(Scope, Tokens(8, first: 50), exactOnly: false));
    }

    [Fact]
    public void Add_FullAndKnownStartUsedLongestAgo_TakesTheBlocksOfOthers()
    {
        var cache = new PrefixCache(capacity: 4, Block);
        Add(cache, Tokens(8));
        Add(cache, Tokens(8, first: 50));
        cache.Match(Scope, Tokens(8), exactOnly: false);
        cache.Match(Scope, Tokens(8, first: 50), exactOnly: false);

        Assert.Equal([8, 12], Add(cache, Tokens(16)).Select(stored => stored.Position));

        Assert.Equal(4, cache.Match(Scope, Tokens(16), exactOnly: false).Count);
        Assert.Empty(cache.Match(Scope, Tokens(8, first: 50), exactOnly: false));
    }

    [Fact]
    public void Add_PrefixLargerThanTheCache_KeepsItsStart()
    {
        var cache = new PrefixCache(capacity: 3, Block);
        Add(cache, Tokens(8, first: 50));

        Add(cache, Tokens(40));

        Assert.Equal(3, cache.Match(Scope, Tokens(40), exactOnly: false).Count);
        Assert.Equal(3, cache.Used);
    }

    [Fact]
    public void Clear_UsedBlocks_AreFreeAgain()
    {
        var cache = new PrefixCache(capacity: 3, Block);
        Add(cache, Tokens(12));

        cache.Clear();

        Assert.Equal(0, cache.Used);
        Assert.Empty(cache.Match(Scope, Tokens(12), exactOnly: false));
        Assert.Equal([(0, 0), (1, 4), (2, 8)], Add(cache, Tokens(12, first: 50)));
    }

    [Fact]
    public void AddAndMatch_RandomPrefixes_BlocksHoldWhatTheyStandFor()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var cache = new PrefixCache(random.Next(1, 12), Block);
            var stored = new Dictionary<int, int[]>();
            for (int round = 0; round < 300; round++)
            {
                // Few different tokens make many shared prefixes.
                int[] tokens = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(2))];
                if (random.Next(2) == 0)
                {
                    foreach ((int block, int position) in Add(cache, tokens))
                    {
                        Assert.InRange(block, 0, cache.Capacity - 1);
                        stored[block] = tokens[..(position + Block)];
                    }
                }

                IReadOnlyList<CacheBlock> found = cache.Match(Scope, tokens, exactOnly: true);
                for (int i = 0; i < found.Count; i++)
                {
                    Assert.Equal(tokens[..((i + 1) * Block)], stored[found[i].Index]);
                }

                Assert.InRange(cache.Used, 0, cache.Capacity);
            }
        }
    }

    private static int[] Tokens(int count, int first = 1) => [.. Enumerable.Range(first, count)];

    private static List<(int Block, int Position)> Add(PrefixCache cache, int[] tokens, int exactLength = int.MaxValue)
    {
        var toStore = new List<(int, int)>();
        cache.Add(Scope, tokens, exactLength, toStore);
        return toStore;
    }
}
