namespace InferServe.Engine.Kv;

/// <summary>The KV memory of one sequence: a row of the runner, of which the first <see cref="Length"/> positions hold its tokens.</summary>
internal sealed class KvSlot(int row)
{
    /// <summary>The row; changes only when <see cref="KvSlotPool.Compact"/> moves the slot.</summary>
    public int Row { get; internal set; } = row;

    /// <summary>How many tokens have their keys and values in the row.</summary>
    public int Length { get; set; }

    /// <summary>How many of the first positions are exact; see <see cref="CacheBlock.IsExact"/>.</summary>
    public int ExactLength { get; set; }

    /// <summary>Records that a chunk of <paramref name="count"/> tokens has run.</summary>
    public void Prefilled(int count)
    {
        if (ExactLength == Length && count >= 2)
        {
            ExactLength += count;
        }

        Length += count;
    }
}
