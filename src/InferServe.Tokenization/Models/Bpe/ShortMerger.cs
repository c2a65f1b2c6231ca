namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Merges the tokens of short pieces: takes the pair of lowest rank, the leftmost of equals, until no pair merges. The rank of each
/// pair is kept, so a step costs one pass over an array; that is faster than a queue for the lengths of words.
/// </summary>
internal static class ShortMerger
{
    /// <summary>The most tokens for which this is used.</summary>
    public const int MostTokens = 64;

    /// <summary>Merges in place.</summary>
    /// <param name="tokens">The tokens, at most <see cref="MostTokens"/>.</param>
    /// <param name="merges">The merges.</param>
    /// <returns>How many tokens are left, at the front of <paramref name="tokens"/>.</returns>
    public static int Merge(Span<int> tokens, MergeTable merges)
    {
        var none = new Merge(int.MaxValue, 0);
        Span<Merge> pairs = stackalloc Merge[MostTokens];
        int count = tokens.Length;
        for (int i = 0; i + 1 < count; i++)
        {
            pairs[i] = merges.TryGet(tokens[i], tokens[i + 1], out Merge merge) ? merge : none;
        }

        while (true)
        {
            int best = 0;
            int rank = int.MaxValue;
            for (int i = 0; i + 1 < count; i++)
            {
                if (pairs[i].Rank < rank)
                {
                    (best, rank) = (i, pairs[i].Rank);
                }
            }

            if (rank == int.MaxValue)
            {
                return count;
            }

            tokens[best] = pairs[best].Id;
            tokens[(best + 2)..count].CopyTo(tokens[(best + 1)..]);
            count--;
            if (best + 1 < count)
            {
                pairs[(best + 2)..count].CopyTo(pairs[(best + 1)..]);
                pairs[best] = merges.TryGet(tokens[best], tokens[best + 1], out Merge right) ? right : none;
            }

            if (best > 0)
            {
                pairs[best - 1] = merges.TryGet(tokens[best - 1], tokens[best], out Merge left) ? left : none;
            }
        }
    }
}
