using InferServe.Engine.Model;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Kv;

/// <summary>
/// The keys and values of all sequences: hands out rows, fills them with what is known already (a snapshot, the row of a sample with the same
/// prompt, the prefix cache), and keeps what may be of use when they are given back. Engine thread only.
/// </summary>
internal sealed class KvMemory(IModelRunner runner, KvSlotPool slots, PrefixCache? cache, long capacity)
{
    private readonly List<(int Block, int Position)> _toStore = [];

    /// <summary>The most tokens in rows at the same time.</summary>
    public long Capacity => capacity;

    /// <summary>Whether there is a row to give.</summary>
    public bool CanAllocate => slots.CanAllocate;

    /// <summary>Tokens in the prefix cache.</summary>
    public long CachedTokens => cache is null ? 0 : (long)cache.Used * cache.BlockLength;

    /// <summary>How many tokens the row holds; 0 for a row that no sequence has.</summary>
    public int LengthOf(int row) => slots[row]?.Length ?? 0;

    /// <summary>Makes the used rows adjacent; the slot of an incomplete prompt stays where it is.</summary>
    public void Compact(KvSlot? incomplete)
    {
        foreach (RowMove move in slots.Compact(incomplete))
        {
            runner.CopyRow(move.Source, move.Destination, move.Length);
            runner.ReleaseRow(move.Source);
        }
    }

    /// <summary>Gives a waiting sequence a row with as many of its tokens as are known.</summary>
    public void Start(Sequence sequence)
    {
        KvSlot slot = slots.Allocate();
        sequence.Start(slot);
        if (sequence.TakeSnapshot() is { } snapshot)
        {
            using (snapshot)
            {
                runner.RestoreRow(snapshot, slot.Row);
                slot.Length = snapshot.Length;
            }
        }
        else if (!sequence.NeedsPromptLogprobs)
        {
            Reuse(sequence, slot);
        }
    }

    /// <summary>Puts what a sequence's row holds into the prefix cache.</summary>
    public void Remember(Sequence sequence)
    {
        if (cache is null || sequence.Slot is not { } slot)
        {
            return;
        }

        cache.Add(sequence.Scope, sequence.Tokens.Span[..slot.Length], slot.ExactLength, _toStore);
        foreach ((int block, int position) in _toStore)
        {
            runner.StoreBlock(slot.Row, position, block);
        }

        _toStore.Clear();
    }

    /// <summary>
    /// Empties the prefix cache. A runner may put off the copies of blocks until it runs, so after a run that failed nobody knows which blocks hold
    /// what they stand for.
    /// </summary>
    public void Forget() => cache?.Clear();

    /// <summary>Takes a row out of use.</summary>
    public void Free(KvSlot slot)
    {
        runner.ReleaseRow(slot.Row);
        slots.Free(slot);
    }

    /// <summary>A copy of all that a slot holds.</summary>
    public KvSnapshot Save(KvSlot slot) => runner.SaveRow(slot.Row, slot.Length);

    private void Reuse(Sequence sequence, KvSlot slot)
    {
        // A chunk is left to run, since it gives the logits; where bits matter, one of at least two tokens.
        int most = sequence.PrefillTarget - (sequence.IsReproducible ? SchedulingPolicy.ShortestChunk : 1);
        if (most <= 0)
        {
            return;
        }

        IReadOnlyList<CacheBlock> blocks = cache?.Match(sequence.Scope, sequence.Tokens.Span[..most], sequence.IsReproducible) ?? [];
        int cached = blocks.Count * (cache?.BlockLength ?? 0);
        int shared = Math.Min(most, sequence.Request.PromptTokens.Length);
        if (sequence.Group.WithPrompt(sequence) is { } sample && shared > cached)
        {
            runner.CopyRow(sample.Slot!.Row, slot.Row, shared);
            slot.Length = shared;
            slot.ExactLength = Math.Min(shared, sample.Slot.ExactLength);
            sequence.CachedPromptTokens ??= sample.CachedPromptTokens;
            return;
        }

        for (int i = 0; i < blocks.Count; i++)
        {
            runner.LoadBlock(blocks[i].Index, slot.Row, slot.Length);
            slot.ExactLength += blocks[i].IsExact && slot.ExactLength == slot.Length ? cache!.BlockLength : 0;
            slot.Length += cache!.BlockLength;
        }

        sequence.CachedPromptTokens ??= cached;
    }
}
