using System.Numerics.Tensors;

namespace InferServe.Engine.Sampling;

/// <summary>The k largest of many values without sorting them: a heap of the best so far whose root is the worst of them.</summary>
internal static class TopKSelection
{
    // Blocks whose largest value is no better than the root are skipped by one vectorized pass.
    private const int BlockLength = 256;

    /// <summary>Selects as many values as the outputs are long; of equal values those with the lower index win.</summary>
    /// <param name="values">The values, none NaN.</param>
    /// <param name="indices">Receives the indices of the selected values, ascending.</param>
    /// <param name="selected">Receives the selected values, in the order of <paramref name="indices"/>.</param>
    public static void Select(ReadOnlySpan<float> values, Span<int> indices, Span<float> selected)
    {
        int k = indices.Length;
        values[..k].CopyTo(selected);
        for (int i = 0; i < k; i++)
        {
            indices[i] = i;
        }

        for (int parent = (k / 2) - 1; parent >= 0; parent--)
        {
            SiftDown(indices, selected, parent);
        }

        for (int start = k; start < values.Length; start += BlockLength)
        {
            ReadOnlySpan<float> block = values.Slice(start, Math.Min(BlockLength, values.Length - start));
            if (TensorPrimitives.Max(block) <= selected[0])
            {
                continue;
            }

            for (int i = 0; i < block.Length; i++)
            {
                // An equal value comes later, so it has the higher index and loses.
                if (block[i] > selected[0])
                {
                    (indices[0], selected[0]) = (start + i, block[i]);
                    SiftDown(indices, selected, 0);
                }
            }
        }

        indices.Sort(selected);
    }

    private static void SiftDown(Span<int> indices, Span<float> selected, int parent)
    {
        while (true)
        {
            int worst = parent;
            int child = (2 * parent) + 1;
            for (int c = child; c < Math.Min(child + 2, indices.Length); c++)
            {
                if (selected[c] < selected[worst] || (selected[c] == selected[worst] && indices[c] > indices[worst]))
                {
                    worst = c;
                }
            }

            if (worst == parent)
            {
                return;
            }

            (indices[parent], indices[worst]) = (indices[worst], indices[parent]);
            (selected[parent], selected[worst]) = (selected[worst], selected[parent]);
            parent = worst;
        }
    }
}
