using InferServe.Engine.Kv;

namespace InferServe.UnitTests.Engine.Kv;

public sealed class KvSlotPoolTests
{
    [Fact]
    public void Allocate_AllRows_GivesEachRowOnce()
    {
        var pool = new KvSlotPool(4);
        int[] rows = [.. Enumerable.Range(0, 4).Select(_ => pool.Allocate().Row)];

        Assert.Equal([0, 1, 2, 3], rows);
        Assert.False(pool.CanAllocate);
        Assert.Equal(4, pool.Used);
    }

    [Fact]
    public void Compact_LastRowFreed_CopiesNothing()
    {
        var pool = new KvSlotPool(3);
        pool.Allocate();
        pool.Free(pool.Allocate());

        Assert.Empty(pool.Compact(prefilling: null));
    }

    [Fact]
    public void Compact_PrefillingAtTheHighEnd_FillsTheHoleFromTheLowEnd()
    {
        var pool = new KvSlotPool(4);
        KvSlot[] slots = [pool.Allocate(), pool.Allocate(), pool.Allocate(), pool.Allocate()];
        slots[0].Length = 50;
        slots[3].Length = 5;
        pool.Free(slots[1]);

        Assert.Equal([new RowMove(0, 1, 50)], pool.Compact(prefilling: slots[3]));
        Assert.Equal((1, 3), (slots[0].Row, slots[3].Row));
        Assert.Equal(0, pool.Allocate().Row);
    }

    [Fact]
    public void Compact_RandomJoinsAndLeaves_KeepsRowsDistinctAdjacentAndPrefillingOutermost()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var pool = new KvSlotPool(random.Next(1, 9));
            var decoding = new List<KvSlot>();
            KvSlot? prefilling = null;
            for (int step = 0; step < 200; step++)
            {
                // Leaves.
                decoding.RemoveAll(slot => random.Next(5) == 0 && Freed(pool, slot));
                if (prefilling is not null && random.Next(8) == 0 && Freed(pool, prefilling))
                {
                    prefilling = null;
                }

                int leaves = pool.Used;
                Assert.True(pool.Compact(prefilling).Count <= Math.Max(leaves, 1));

                // The prompt completes, or not; only then others follow.
                if (prefilling is not null && random.Next(2) == 0)
                {
                    decoding.Add(prefilling);
                    prefilling = null;
                }

                while (prefilling is null && pool.CanAllocate && random.Next(3) > 0)
                {
                    KvSlot slot = pool.Allocate();
                    slot.Length = random.Next(1, 100);
                    if (random.Next(2) == 0)
                    {
                        prefilling = slot;
                    }
                    else
                    {
                        decoding.Add(slot);
                    }
                }

                int[] rows = [.. decoding.Select(s => s.Row).Order()];
                Assert.Equal(rows.Length == 0 ? [] : Enumerable.Range(rows[0], rows.Length), rows);
                Assert.Equal(decoding.Count + (prefilling is null ? 0 : 1), pool.Used);
                if (prefilling is not null && rows.Length > 0)
                {
                    Assert.True(prefilling.Row == rows[0] - 1 || prefilling.Row == rows[^1] + 1);
                }
            }
        }
    }

    private static bool Freed(KvSlotPool pool, KvSlot slot)
    {
        pool.Free(slot);
        return true;
    }
}
