namespace InferServe.Engine.Kv;

/// <summary>
/// Knows which prefixes have their keys and values in which of the runner's blocks: blocks of tokens found by a hash chained over everything
/// before them and compared token by token. When all blocks are used the one that was used longest ago goes.
/// A chain is always marked as used from its end to its start, so a block is never older than those that follow it, and what goes is
/// always the end of a chain. Engine thread only.
/// </summary>
internal sealed class PrefixCache(int capacity, int blockLength)
{
    private readonly Dictionary<ulong, CacheBlock> _blocks = [];
    private readonly LinkedList<CacheBlock> _byUse = [];
    private readonly List<CacheBlock> _chain = [];
    private long _visit;

    /// <summary>Tokens of a block.</summary>
    public int BlockLength => blockLength;

    /// <summary>Blocks that fit.</summary>
    public int Capacity => capacity;

    /// <summary>Blocks in use.</summary>
    public int Used => _blocks.Count;

    /// <summary>Finds the longest known prefix and marks it as used.</summary>
    /// <param name="scope">Who asks.</param>
    /// <param name="tokens">The tokens to find.</param>
    /// <param name="exactOnly">Whether only exact blocks count.</param>
    /// <returns>The blocks, first to last; valid until the next call.</returns>
    public IReadOnlyList<CacheBlock> Match(CacheScope scope, ReadOnlySpan<int> tokens, bool exactOnly)
    {
        _chain.Clear();
        ulong hash = scope.Hash;
        for (int start = 0; start + blockLength <= tokens.Length; start += blockLength)
        {
            ReadOnlySpan<int> part = tokens.Slice(start, blockLength);
            hash = ChainedHash.Of(hash, part);
            if (!_blocks.TryGetValue(hash, out CacheBlock? block) || !block.Holds(scope, Last, part) || (exactOnly && !block.IsExact))
            {
                break;
            }

            _chain.Add(block);
        }

        MarkUsed();
        return _chain;
    }

    /// <summary>Adds the whole blocks of a prefix.</summary>
    /// <param name="scope">Whose they are.</param>
    /// <param name="tokens">The prefix.</param>
    /// <param name="exactLength">How many of the first tokens have exact keys and values; see <see cref="CacheBlock.IsExact"/>.</param>
    /// <param name="toStore">Receives the blocks to fill, with the position of their first token.</param>
    public void Add(CacheScope scope, ReadOnlySpan<int> tokens, int exactLength, List<(int Block, int Position)> toStore)
    {
        _chain.Clear();
        _visit++;
        bool missed = false;
        ulong hash = scope.Hash;
        for (int start = 0; start + blockLength <= tokens.Length; start += blockLength)
        {
            ReadOnlySpan<int> part = tokens.Slice(start, blockLength);
            hash = ChainedHash.Of(hash, part);
            bool exact = start + blockLength <= exactLength;
            if (!_blocks.TryGetValue(hash, out CacheBlock? block))
            {
                if (!missed)
                {
                    // What is known of the prefix must not stand where the next block to go is taken from.
                    missed = true;
                    MarkUsed();
                }

                if (TakeBlock() is not { } index)
                {
                    break; // The prefix alone is larger than the cache.
                }

                block = new CacheBlock(scope, Last, hash, part.ToArray(), index) { IsExact = exact };
                block.Place = _byUse.AddFirst(block);
                _blocks.Add(hash, block);
                toStore.Add((index, start));
            }
            else if (!block.Holds(scope, Last, part))
            {
                break; // Another prefix has the same hash.
            }
            else if (exact && !block.IsExact)
            {
                block.IsExact = true;
                toStore.Add((block.Index, start));
            }

            block.Visit = _visit;
            _chain.Add(block);
        }

        MarkUsed();
    }

    /// <summary>Forgets every prefix.</summary>
    public void Clear()
    {
        _blocks.Clear();
        _byUse.Clear();
        _chain.Clear();
    }

    private CacheBlock? Last => _chain.Count == 0 ? null : _chain[^1];

    /// <summary>An unused block, or that of the end of the chain that was used longest ago; null when that is the chain being added.</summary>
    private int? TakeBlock()
    {
        if (_blocks.Count < capacity)
        {
            return _blocks.Count; // Blocks are freed all together or to be taken at once, so the used ones are the first ones.
        }

        if (_byUse.Last is not { Value: var oldest } || oldest.Visit == _visit)
        {
            return null;
        }

        _byUse.RemoveLast();
        _blocks.Remove(oldest.Hash);
        return oldest.Index;
    }

    private void MarkUsed()
    {
        for (int i = _chain.Count - 1; i >= 0; i--)
        {
            _byUse.Remove(_chain[i].Place!);
            _byUse.AddFirst(_chain[i].Place!);
        }
    }
}
