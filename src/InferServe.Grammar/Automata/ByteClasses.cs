namespace InferServe.Grammar.Automata;

/// <summary>Partitions of the 256 bytes into classes that an automaton cannot tell apart.</summary>
internal static class ByteClasses
{
    /// <summary>The coarsest partition that keeps the classes of both apart.</summary>
    /// <returns>The class of each byte, and for each class its class in either automaton.</returns>
    public static (byte[] ClassOf, int[] LeftClass, int[] RightClass) Join(Dfa left, Dfa right)
    {
        var numbers = new Dictionary<(byte, byte), byte>();
        var classOf = new byte[256];
        var leftClass = new List<int>();
        var rightClass = new List<int>();
        for (var value = 0; value < 256; value++)
        {
            var pair = (left.ClassOf[value], right.ClassOf[value]);
            if (!numbers.TryGetValue(pair, out var number))
            {
                number = (byte)numbers.Count;
                numbers.Add(pair, number);
                leftClass.Add(pair.Item1);
                rightClass.Add(pair.Item2);
            }

            classOf[value] = number;
        }

        return (classOf, [.. leftClass], [.. rightClass]);
    }

    /// <summary>Classes from the borders of byte ranges.</summary>
    /// <returns>The class of each byte and one byte of each class.</returns>
    public static (byte[] ClassOf, byte[] Representatives) FromRanges(IEnumerable<(byte Low, byte High)> ranges)
    {
        var starts = new bool[257];
        starts[0] = true;
        foreach (var (low, high) in ranges)
        {
            starts[low] = true;
            starts[high + 1] = true;
        }

        var classOf = new byte[256];
        var representatives = new List<byte>();
        for (var value = 0; value < 256; value++)
        {
            if (starts[value])
            {
                representatives.Add((byte)value);
            }

            classOf[value] = (byte)(representatives.Count - 1);
        }

        return (classOf, [.. representatives]);
    }
}
