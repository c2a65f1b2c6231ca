namespace InferServe.Engine.Kv;

/// <summary>One block of the prefix cache: tokens that follow another block's, whose keys and values the runner holds.</summary>
internal sealed class CacheBlock(CacheScope scope, CacheBlock? parent, ulong hash, int[] tokens, int index)
{
    public ulong Hash => hash;

    /// <summary>The runner's block.</summary>
    public int Index => index;

    /// <summary>
    /// True when keys and values come from prefill chunks of at least two tokens from the first token on: then they are a function of the
    /// tokens alone, bit for bit.
    /// </summary>
    public bool IsExact { get; set; }

    /// <summary>The latest insertion that passed here; see <see cref="PrefixCache.Add"/>.</summary>
    public long Visit { get; set; }

    /// <summary>Place in the order of use.</summary>
    public LinkedListNode<CacheBlock>? Place { get; set; }

    /// <summary>Whether this is the block after <paramref name="before"/> with these tokens; hashes may collide.</summary>
    public bool Holds(CacheScope inScope, CacheBlock? before, ReadOnlySpan<int> expected) =>
        ReferenceEquals(parent, before) && scope == inScope && expected.SequenceEqual(tokens);
}
