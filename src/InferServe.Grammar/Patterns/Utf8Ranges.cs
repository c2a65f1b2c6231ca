namespace InferServe.Grammar.Patterns;

/// <summary>Splits an interval of Unicode scalar values into sequences of byte ranges of their UTF-8 form (RFC 3629).</summary>
internal static class Utf8Ranges
{
    private static readonly int[] s_lastOfLength = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF];

    /// <summary>The sequences, each of 1 to 4 ranges; together they match exactly the encodings of the interval.</summary>
    public static IEnumerable<(byte Low, byte High)[]> Split(int low, int high)
    {
        foreach (var last in s_lastOfLength)
        {
            if (low > high)
            {
                yield break;
            }

            if (low > last)
            {
                continue;
            }

            foreach (var sequence in SplitOneLength(low, Math.Min(high, last)))
            {
                yield return sequence;
            }

            low = last + 1;
        }
    }

    private static IEnumerable<(byte Low, byte High)[]> SplitOneLength(int low, int high)
    {
        // Cut until all continuation bytes of a piece run over their full range or stand still.
        var pieces = new Stack<(int Low, int High)>();
        pieces.Push((low, high));
        while (pieces.TryPop(out var piece))
        {
            var cut = FirstCut(piece.Low, piece.High);
            if (cut is { } border)
            {
                pieces.Push((border, piece.High));
                pieces.Push((piece.Low, border - 1));
                continue;
            }

            var lowBytes = Encode(piece.Low);
            var highBytes = Encode(piece.High);
            yield return [.. lowBytes.Zip(highBytes)];
        }
    }

    private static int? FirstCut(int low, int high)
    {
        if (high <= 0x7F)
        {
            return null;
        }

        for (var continuationBits = 6; continuationBits <= 18; continuationBits += 6)
        {
            var mask = (1 << continuationBits) - 1;
            if ((low & ~mask) == (high & ~mask))
            {
                continue;
            }

            if ((low & mask) != 0)
            {
                return (low | mask) + 1;
            }

            if ((high & mask) != mask)
            {
                return high & ~mask;
            }
        }

        return null;
    }

    private static byte[] Encode(int scalar) => scalar switch
    {
        <= 0x7F => [(byte)scalar],
        <= 0x7FF => [(byte)(0xC0 | (scalar >> 6)), Continuation(scalar)],
        <= 0xFFFF => [(byte)(0xE0 | (scalar >> 12)), Continuation(scalar >> 6), Continuation(scalar)],
        _ => [(byte)(0xF0 | (scalar >> 18)), Continuation(scalar >> 12), Continuation(scalar >> 6), Continuation(scalar)],
    };

    private static byte Continuation(int bits) => (byte)(0x80 | (bits & 0x3F));
}
