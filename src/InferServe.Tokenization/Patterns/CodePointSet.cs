using System.Globalization;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.Patterns;

/// <summary>A set of characters, as ranges in ascending order that do not touch. Immutable; surrogates are in none.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private static readonly CodePointSet Surrogates = new([(0xD800, 0xDFFF)]);
    private static readonly Lazy<UnicodeCategory[]> Categories = new(static () =>
        [.. Enumerable.Range(0, Last + 1).Select(CharUnicodeInfo.GetUnicodeCategory)]);

    private CodePointSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    public static CodePointSet Empty { get; } = new([]);

    public static CodePointSet All { get; } = Empty.Complement();

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public static CodePointSet Of(int first, int last) => new CodePointSet([(first, last)]).Intersect(All);

    public static CodePointSet Of(IEnumerable<int> codePoints) => Where(codePoints.ToHashSet().Contains);

    /// <summary>The characters of some general categories.</summary>
    public static CodePointSet Of(params UnicodeCategory[] categories)
    {
        bool[] wanted = new bool[(int)UnicodeCategory.OtherNotAssigned + 1];
        foreach (UnicodeCategory category in categories)
        {
            wanted[(int)category] = true;
        }

        UnicodeCategory[] all = Categories.Value;
        return Where(codePoint => wanted[(int)all[codePoint]]);
    }

    /// <summary>The characters of a script, by its name in the Unicode Character Database; null when there is no such script.</summary>
    public static CodePointSet? OfScript(string name) =>
        Scripts.Named(name.Replace(' ', '_')) is { } script ? Where(codePoint => Scripts.CurrentOf(codePoint) == script) : null;

    public bool Contains(int codePoint)
    {
        int low = 0;
        int high = Ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Ranges[middle].Last < codePoint ? (middle + 1, high) : (low, middle);
        }

        return low < Ranges.Count && Ranges[low].First <= codePoint;
    }

    public CodePointSet Union(CodePointSet other)
    {
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in Ranges.Concat(other.Ranges).OrderBy(static range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new CodePointSet(merged);
    }

    public CodePointSet Intersect(CodePointSet other) => Outside(Gaps(Ranges).Concat(Gaps(other.Ranges)));

    public CodePointSet Complement() => new([.. Gaps(Union(Surrogates).Ranges)]);

    private static CodePointSet Where(Func<int, bool> contains)
    {
        var ranges = new List<(int First, int Last)>();
        for (int codePoint = 0; codePoint <= Last; codePoint++)
        {
            if (!contains(codePoint) || codePoint is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1].Last == codePoint - 1)
            {
                ranges[^1] = (ranges[^1].First, codePoint);
            }
            else
            {
                ranges.Add((codePoint, codePoint));
            }
        }

        return new CodePointSet(ranges);
    }

    private static CodePointSet Outside(IEnumerable<(int First, int Last)> ranges) =>
        new([.. Gaps(Empty.Union(new CodePointSet([.. ranges])).Ranges)]);

    /// <summary>What lies between ranges that are in order.</summary>
    private static IEnumerable<(int First, int Last)> Gaps(IReadOnlyList<(int First, int Last)> ranges)
    {
        int next = 0;
        foreach ((int first, int last) in ranges)
        {
            if (next < first)
            {
                yield return (next, first - 1);
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            yield return (next, Last);
        }
    }
}
