using System.Numerics.Tensors;

namespace InferServe.Engine.Sampling;

/// <summary>Draws an index with probability proportional to its weight, by inverting the cumulative sum in index order.</summary>
internal static class WeightedDraw
{
    // Sums of whole blocks are vectorized; only the block that holds the result is walked weight by weight.
    private const int BlockLength = 512;

    /// <summary>The sum of the weights: float32 within a block, float64 over blocks.</summary>
    public static double Total(ReadOnlySpan<float> weights)
    {
        double total = 0;
        for (int start = 0; start < weights.Length; start += BlockLength)
        {
            total += TensorPrimitives.Sum(Block(weights, start));
        }

        return total;
    }

    /// <summary>The first index whose cumulative weight exceeds <paramref name="unit"/> times the total.</summary>
    /// <param name="weights">Weights, not negative, at least one above 0. An index of weight 0 is never drawn.</param>
    /// <param name="unit">A number in [0, 1).</param>
    public static int Pick(ReadOnlySpan<float> weights, double unit)
    {
        double target = unit * Total(weights);
        double before = 0;
        int last = -1;
        for (int start = 0; start < weights.Length; start += BlockLength)
        {
            ReadOnlySpan<float> block = Block(weights, start);
            double through = before + TensorPrimitives.Sum(block);
            bool isLastBlock = start + BlockLength >= weights.Length;
            if (target >= through && !isLastBlock)
            {
                last = LastPositive(block) is var index and >= 0 ? start + index : last;
                before = through;
                continue;
            }

            for (int i = 0; i < block.Length; i++)
            {
                before += block[i];
                if (block[i] > 0)
                {
                    last = start + i;
                    if (target < before)
                    {
                        return last;
                    }
                }
            }

            if (last >= start)
            {
                return last; // The walk's sum rounded below the block's.
            }
        }

        return last;
    }

    private static int LastPositive(ReadOnlySpan<float> block) => block.LastIndexOfAnyExcept(0f);

    private static ReadOnlySpan<float> Block(ReadOnlySpan<float> weights, int start) =>
        weights.Slice(start, Math.Min(BlockLength, weights.Length - start));
}
