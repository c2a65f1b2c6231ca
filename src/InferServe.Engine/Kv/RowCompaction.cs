namespace InferServe.Engine.Kv;

/// <summary>
/// Which rows to move so that the used ones are adjacent again. A stretch of rows with holes becomes a shorter window without holes:
/// the used rows outside the window move into the holes inside it, so each row moves at most once and no move depends on another.
/// </summary>
internal static class RowCompaction
{
    /// <summary>Length that marks a hole.</summary>
    public const int Hole = -1;

    /// <summary>
    /// Chooses the window that copies the fewest positions; among equals the one with the lowest rows, so that rows whose memory is
    /// already touched are used again.
    /// </summary>
    /// <param name="lengths">Tokens held by each row of the stretch, or <see cref="Hole"/>, shape [rows].</param>
    /// <param name="pinned">
    /// Index of a used row that must not move and must be at an end of the window, or −1. It is the outermost used row on its side.
    /// </param>
    /// <returns>Index of the window's first row; the window is as long as there are used rows.</returns>
    public static int ChooseWindow(ReadOnlySpan<int> lengths, int pinned)
    {
        int used = CountUsed(lengths);
        if (used == 0)
        {
            return 0;
        }

        if (pinned >= 0)
        {
            return CountUsed(lengths[..pinned]) == 0 ? pinned : pinned + 1 - used;
        }

        int best = 0;
        long fewest = long.MaxValue;
        for (int first = 0; first + used <= lengths.Length; first++)
        {
            long copied = SumUsed(lengths[..first]) + SumUsed(lengths[(first + used)..]);
            if (copied < fewest)
            {
                (best, fewest) = (first, copied);
            }
        }

        return best;
    }

    /// <summary>The moves that bring every used row into the window, with rows counted from the start of the stretch.</summary>
    public static List<RowMove> Moves(ReadOnlySpan<int> lengths, int window)
    {
        int end = window + CountUsed(lengths);
        var moves = new List<RowMove>();
        int hole = window;
        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] == Hole || (row >= window && row < end))
            {
                continue;
            }

            while (lengths[hole] != Hole)
            {
                hole++;
            }

            moves.Add(new RowMove(row, hole++, lengths[row]));
        }

        return moves;
    }

    private static int CountUsed(ReadOnlySpan<int> lengths) => lengths.Length - lengths.Count(Hole);

    private static long SumUsed(ReadOnlySpan<int> lengths)
    {
        long sum = 0;
        foreach (int length in lengths)
        {
            sum += length == Hole ? 0 : length;
        }

        return sum;
    }
}
