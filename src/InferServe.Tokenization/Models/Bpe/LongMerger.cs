namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Merges the tokens of long pieces in the same order as <see cref="ShortMerger"/>, with a linked list of tokens and a queue of
/// pairs, so that the work for each token hardly grows with the length of the piece.
/// </summary>
internal static class LongMerger
{
    private const int Gone = -1;

    /// <summary>Merges in place.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="steps">The number of pairs looked at, at most three for each token.</param>
    /// <returns>How many tokens are left, at the front of <paramref name="tokens"/>.</returns>
    public static int Merge(Span<int> tokens, MergeTable merges, out int steps)
    {
        int[] next = new int[tokens.Length];
        int[] previous = new int[tokens.Length];
        var pairs = new PairQueue();
        for (int i = 0; i < tokens.Length; i++)
        {
            (next[i], previous[i]) = (i + 1, i - 1);
            if (i + 1 < tokens.Length)
            {
                Enqueue(pairs, i, i + 1, tokens, merges);
            }
        }

        for (steps = 0; pairs.TryTake(out int rank, out int left); steps++)
        {
            // A rank belongs to one pair of tokens; if the pair at this place has another rank, its tokens have been merged since.
            int right = next[left];
            if (right == tokens.Length || tokens[left] == Gone || !merges.TryGet(tokens[left], tokens[right], out Merge merge) || merge.Rank != rank)
            {
                continue;
            }

            tokens[left] = merge.Id;
            tokens[right] = Gone;
            next[left] = next[right];
            if (previous[left] >= 0)
            {
                Enqueue(pairs, previous[left], left, tokens, merges);
            }

            if (next[left] < tokens.Length)
            {
                previous[next[left]] = left;
                Enqueue(pairs, left, next[left], tokens, merges);
            }
        }

        int count = 0;
        for (int i = 0; i < tokens.Length; i = next[i])
        {
            tokens[count++] = tokens[i];
        }

        return count;
    }

    private static void Enqueue(PairQueue pairs, int left, int right, ReadOnlySpan<int> tokens, MergeTable merges)
    {
        if (merges.TryGet(tokens[left], tokens[right], out Merge merge))
        {
            pairs.Add(merge.Rank, left);
        }
    }
}
