using InferServe.Engine.Kv;
using InferServe.Engine.Model;

namespace InferServe.Engine.Scheduling;

/// <summary>Cuts decoding sequences into batches that one run can take.</summary>
internal static class DecodeBatches
{
    /// <summary>
    /// A batch covers adjacent rows of one adapter. A reproducible sequence that would be alone in its batch is padded by the row behind it,
    /// at the first position that this row does not hold: batches of one row take other kernels. What the padding writes there is
    /// written again by that row's own next token, whose batch comes later.
    /// </summary>
    /// <param name="byRow">The sequences, by their rows.</param>
    /// <param name="memory">Tells what the padding rows hold.</param>
    public static List<DecodeBatch> Of(IReadOnlyList<Sequence> byRow, KvMemory memory)
    {
        var batches = new List<DecodeBatch>();
        int start = 0;
        for (int i = 1; i <= byRow.Count; i++)
        {
            if (i == byRow.Count || !CanFollow(byRow[i - 1], byRow[i]))
            {
                batches.Add(Of(byRow, start, i, memory));
                start = i;
            }
        }

        return batches;
    }

    private static bool CanFollow(Sequence before, Sequence after) =>
        after.Slot!.Row == before.Slot!.Row + 1 && after.Request.Adapter == before.Request.Adapter;

    private static DecodeBatch Of(IReadOnlyList<Sequence> byRow, int start, int end, KvMemory memory)
    {
        bool padded = end - start == 1 && byRow[start].IsReproducible;
        int[] tokens = new int[end - start + (padded ? 1 : 0)];
        int[] positions = new int[tokens.Length];
        for (int i = start; i < end; i++)
        {
            (tokens[i - start], positions[i - start]) = (byRow[i].LastToken, byRow[i].Slot!.Length);
        }

        int first = byRow[start].Slot!.Row;
        if (padded)
        {
            positions[^1] = memory.LengthOf(first + 1);
        }

        return new DecodeBatch(first, tokens, positions) { Adapter = byRow[start].Request.Adapter, IsPadded = padded };
    }
}
