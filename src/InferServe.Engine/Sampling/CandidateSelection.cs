using System.Numerics.Tensors;

namespace InferServe.Engine.Sampling;

/// <summary>The tokens whose weight reaches a threshold.</summary>
internal static class CandidateSelection
{
    // Blocks without a candidate are skipped by one vectorized pass.
    private const int BlockLength = 256;

    /// <summary>Collects them in the order of their ids.</summary>
    /// <returns>How many there are; that many entries of <paramref name="tokens"/> and <paramref name="selected"/> are written.</returns>
    public static int AtLeast(ReadOnlySpan<float> weights, double threshold, Span<int> tokens, Span<float> selected)
    {
        int count = 0;
        for (int start = 0; start < weights.Length; start += BlockLength)
        {
            ReadOnlySpan<float> block = weights.Slice(start, Math.Min(BlockLength, weights.Length - start));
            if (TensorPrimitives.Max(block) < threshold)
            {
                continue;
            }

            for (int i = 0; i < block.Length; i++)
            {
                if (block[i] >= threshold)
                {
                    (tokens[count], selected[count]) = (start + i, block[i]);
                    count++;
                }
            }
        }

        return count;
    }
}
