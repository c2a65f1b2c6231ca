using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>
/// Stand-ins for the characters above U+FFFF, which .NET's regular expressions see as two surrogates. Characters that are in the same
/// sets of a pattern cannot be told apart by it, so each such group has one surrogate as its stand-in; a text with stand-ins holds no
/// other surrogates, and matching it finds the matches that an engine of code points finds in the text itself.
/// </summary>
internal sealed class AstralStandIns
{
    private const int FirstAstral = 0x10000;
    private const int AfterLast = 0x110000;
    private const int FirstStandIn = 0xD800;
    private const int StandIns = 0x800;

    // Where each stretch of characters of one group begins, and its group.
    private readonly int[] _starts;
    private readonly char[] _standIns;
    private readonly Dictionary<CodePointSet, char[]> _bySet = [];

    /// <param name="sets">The sets of the pattern.</param>
    /// <exception cref="PatternException">The pattern tells more groups apart than there are stand-ins.</exception>
    public AstralStandIns(IReadOnlyList<CodePointSet> sets)
    {
        CodePointSet[] distinct = [.. sets.Where(static set => set.Ranges.Count > 0 && set.Ranges[^1].Last >= FirstAstral).Distinct()];
        _starts = [.. distinct.SelectMany(static set => set.Ranges).SelectMany(static range => new[] { range.First, range.Last + 1 })
            .Where(static start => start < AfterLast).Select(static start => Math.Max(start, FirstAstral)).Append(FirstAstral).Distinct().Order()];
        _standIns = new char[_starts.Length];
        var groups = new Dictionary<string, char>(StringComparer.Ordinal);
        for (int i = 0; i < _starts.Length; i++)
        {
            string membership = string.Concat(distinct.Select(set => set.Contains(_starts[i]) ? '1' : '0'));
            if (!groups.TryGetValue(membership, out char standIn))
            {
                standIn = groups.Count < StandIns
                    ? (char)(FirstStandIn + groups.Count)
                    : throw new PatternException($"The pattern parts the characters above U+FFFF into more than {StandIns} groups.");
                groups.Add(membership, standIn);
            }

            _standIns[i] = standIn;
        }

        for (int i = 0; i < distinct.Length; i++)
        {
            _bySet.Add(distinct[i], [.. groups.Where(group => group.Key[i] == '1').Select(static group => group.Value).Order()]);
        }
    }

    /// <summary>The stand-ins of the characters of one of the pattern's sets.</summary>
    public IReadOnlyList<char> Of(CodePointSet set) => _bySet.GetValueOrDefault(set) ?? [];

    /// <summary>Writes the text with stand-ins, one UTF-16 unit for each code point.</summary>
    /// <param name="text">Text without unpaired surrogates.</param>
    /// <param name="output">At least as long as the text.</param>
    /// <returns>The number of units written.</returns>
    public int Replace(ReadOnlySpan<char> text, Span<char> output)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            output[length++] = rune.IsBmp ? (char)rune.Value : StandInOf(rune.Value);
        }

        return length;
    }

    private char StandInOf(int codePoint)
    {
        int found = Array.BinarySearch(_starts, codePoint);
        return _standIns[found >= 0 ? found : ~found - 1];
    }
}
