using System.Globalization;
using System.Text;

namespace InferServe.Grammar.Patterns;

/// <summary>A set of Unicode scalar values as ascending intervals that do not touch. Surrogates are never members. Immutable.</summary>
internal sealed class CharacterSet
{
    private const int LastScalar = 0x10FFFF;

    private static readonly Lazy<Dictionary<string, CharacterSet>> s_categories = new(BuildCategories);

    public static readonly CharacterSet All = new([(0, LastScalar)]);
    public static readonly CharacterSet Digits = new([('0', '9')]);
    public static readonly CharacterSet WordCharacters = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    /// <summary>White space and line ends of ECMA-262 21.2.2.12.</summary>
    public static readonly CharacterSet Spaces = new(
    [
        (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
        (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
    ]);

    /// <summary>Everything that <c>.</c> matches: all but the line ends of ECMA-262 21.2.2.8.</summary>
    public static readonly CharacterSet NotLineEnds = new CharacterSet([(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).Complement();

    public CharacterSet(IEnumerable<(int Low, int High)> intervals)
    {
        var sorted = intervals.Where(interval => interval.Low <= interval.High).OrderBy(interval => interval.Low).ToList();
        var merged = new List<(int Low, int High)>();
        foreach (var (low, high) in sorted)
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        Intervals = [.. merged.SelectMany(WithoutSurrogates)];
    }

    public IReadOnlyList<(int Low, int High)> Intervals { get; }

    public static CharacterSet Of(Rune rune) => new([(rune.Value, rune.Value)]);

    /// <summary>The set of a Unicode general category such as <c>Lu</c> or <c>L</c>, or null.</summary>
    public static CharacterSet? Category(string name) => s_categories.Value.GetValueOrDefault(name);

    public bool Contains(int scalar) => Intervals.Any(interval => scalar >= interval.Low && scalar <= interval.High);

    public CharacterSet Union(CharacterSet other) => new(Intervals.Concat(other.Intervals));

    public CharacterSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (low, high) in Intervals)
        {
            gaps.Add((next, low - 1));
            next = high + 1;
        }

        gaps.Add((next, LastScalar));
        return new CharacterSet(gaps);
    }

    public CharacterSet Intersect(CharacterSet other) => Complement().Union(other.Complement()).Complement();

    /// <summary>With the other case of every letter of the Latin, Greek and Cyrillic blocks.</summary>
    public CharacterSet IgnoringCase()
    {
        const int lastFolded = 0x52F;
        var others = new List<(int, int)>();
        foreach (var (low, high) in Intervals)
        {
            for (var scalar = low; scalar <= Math.Min(high, lastFolded); scalar++)
            {
                others.Add((char.ToLowerInvariant((char)scalar), char.ToLowerInvariant((char)scalar)));
                others.Add((char.ToUpperInvariant((char)scalar), char.ToUpperInvariant((char)scalar)));
            }
        }

        return new CharacterSet(Intervals.Concat(others));
    }

    private static IEnumerable<(int, int)> WithoutSurrogates((int Low, int High) interval)
    {
        if (interval.Low < 0xD800)
        {
            yield return (interval.Low, Math.Min(interval.High, 0xD7FF));
        }

        if (interval.High > 0xDFFF)
        {
            yield return (Math.Max(interval.Low, 0xE000), interval.High);
        }
    }

    private static Dictionary<string, CharacterSet> BuildCategories()
    {
        var intervals = new Dictionary<string, List<(int Low, int High)>>();
        for (var scalar = 0; scalar <= LastScalar; scalar++)
        {
            if (scalar is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            var name = CategoryName(CharUnicodeInfo.GetUnicodeCategory(scalar));
            if (!intervals.TryGetValue(name, out var list))
            {
                intervals.Add(name, list = []);
            }

            if (list.Count > 0 && list[^1].High == scalar - 1)
            {
                list[^1] = (list[^1].Low, scalar);
            }
            else
            {
                list.Add((scalar, scalar));
            }
        }

        var sets = intervals.ToDictionary(pair => pair.Key, pair => new CharacterSet(pair.Value));
        foreach (var group in intervals.GroupBy(pair => pair.Key[..1]).ToList())
        {
            sets[group.Key] = new CharacterSet(group.SelectMany(pair => pair.Value));
        }

        return sets;
    }

    private static string CategoryName(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };
}
