using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Patterns;

/// <summary>
/// Stand-ins for the characters above U+FFFF, which .NET's regular expressions see as two surrogates of category Cs: for each general
/// category one character of that category that the pattern does not name. The pattern cannot tell it from any other character of
/// the category, because it has no other means than categories and characters; so matching the text with stand-ins finds the
/// matches that an engine of code points finds in the text itself.
/// </summary>
internal sealed class AstralStandIns
{
    // Beyond the letters, marks and digits that patterns are likely to name, and without case pairs.
    private const char FirstChoice = '\u0180';

    private static readonly Dictionary<UnicodeCategory, char[]> Candidates = Enumerable.Range(FirstChoice, char.MaxValue - FirstChoice + 1)
        .Select(static code => (char)code)
        .Where(static character => !char.IsSurrogate(character))
        .GroupBy(char.GetUnicodeCategory)
        .ToDictionary(static group => group.Key, static group => group.ToArray());

    private readonly char[] _byCategory;

    private AstralStandIns(char[] byCategory) => _byCategory = byCategory;

    /// <summary>Chooses the stand-ins for a pattern.</summary>
    /// <param name="namedRanges">The characters that the pattern names.</param>
    /// <exception cref="PatternException">The pattern names every character of a category.</exception>
    public static AstralStandIns For(IReadOnlyList<(char First, char Last)> namedRanges)
    {
        char[] chosen = new char[(int)UnicodeCategory.OtherNotAssigned + 1];
        foreach ((UnicodeCategory category, char[] candidates) in Candidates)
        {
            int at = Array.FindIndex(candidates, candidate => !namedRanges.Any(range => candidate >= range.First && candidate <= range.Last));

            // No character above U+FFFF is a separator or a control character, so these need no stand-in.
            chosen[(int)category] = at >= 0 ? candidates[at] : HasAstral(category)
                ? throw new PatternException($"The pattern names all characters of the category {category}; patterns that treat characters above U+FFFF apart from those are not supported.")
                : char.MaxValue;
        }

        return new AstralStandIns(chosen);
    }

    /// <summary>Writes the text with stand-ins, one UTF-16 unit for each code point.</summary>
    /// <param name="text">Text without unpaired surrogates.</param>
    /// <param name="output">At least as long as the text.</param>
    /// <returns>The number of units written.</returns>
    public int Replace(ReadOnlySpan<char> text, Span<char> output)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            output[length++] = rune.IsBmp ? (char)rune.Value : _byCategory[(int)CharUnicodeInfo.GetUnicodeCategory(rune.Value)];
        }

        return length;
    }

    private static bool HasAstral(UnicodeCategory category) => category is not (UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control
        or UnicodeCategory.Surrogate);
}
