namespace InferServe.OnnxRuntime.Running;

/// <summary>Fills the graph's integer inputs.</summary>
internal static class StepInputs
{
    /// <summary>Length of the longest row after the step, which is the mask's width.</summary>
    public static int LongestTotal(ReadOnlySpan<int> positions)
    {
        int longest = 0;
        foreach (int position in positions)
        {
            longest = Math.Max(longest, position + 1);
        }

        return longest;
    }

    /// <summary>
    /// The mask [rows, <paramref name="width"/>] of one new token a row: ones up to the new token, zeros to the right of it. The
    /// graph sums each row, so that every row has its own length.
    /// </summary>
    public static void FillMask(ReadOnlySpan<int> positions, int width, Span<long> mask)
    {
        for (int row = 0; row < positions.Length; row++)
        {
            var line = mask.Slice(row * width, width);
            int length = positions[row] + 1;
            line[..length].Fill(1);
            line[length..].Clear();
        }
    }

    /// <summary>Widens tokens or positions.</summary>
    public static void Widen(ReadOnlySpan<int> values, Span<long> wide)
    {
        for (int i = 0; i < values.Length; i++)
        {
            wide[i] = values[i];
        }
    }

    /// <summary>Counts up from <paramref name="first"/>.</summary>
    public static void FillRange(int first, Span<long> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = first + i;
        }
    }
}
