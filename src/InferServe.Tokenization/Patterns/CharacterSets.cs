using System.Globalization;

namespace InferServe.Tokenization.Patterns;

/// <summary>What Oniguruma's character sets contain, written for the inside of a .NET character class.</summary>
internal static class CharacterSets
{
    /// <summary>The characters above U+0100 that <see cref="Word"/> names: circled letters, which are alphabetic.</summary>
    public static readonly (char First, char Last) WordRange = ('\u24B6', '\u24E9');

    /// <summary>\w of Oniguruma within a class: letters, marks, decimal digits, letter numbers, connectors and circled letters. .NET's
    /// own lacks Mc, Me, Nl and the circled letters.</summary>
    public const string WordInClass = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9";

    /// <summary>\w of Oniguruma by itself, where the superscripts and fractions of Latin-1 belong to it too.</summary>
    public const string Word = WordInClass + @"\u00B2\u00B3\u00B9\u00BC-\u00BE";

    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn", "Cs",
    ];

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L",
        ["UppercaseLetter"] = "Lu",
        ["LowercaseLetter"] = "Ll",
        ["TitlecaseLetter"] = "Lt",
        ["ModifierLetter"] = "Lm",
        ["OtherLetter"] = "Lo",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["DecimalNumber"] = "Nd",
        ["Punctuation"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
        ["SpaceSeparator"] = "Zs",
        ["Other"] = "C",
    };

    /// <summary>The short name of a general category given by its short or long name; null for anything else.</summary>
    public static string? CategoryOf(string name)
    {
        string plain = name.Replace("_", null, StringComparison.Ordinal).Replace(" ", null, StringComparison.Ordinal);
        return LongNames.GetValueOrDefault(plain)
            ?? Array.Find(Categories, category => category.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A character as it can stand anywhere in a .NET expression.</summary>
    public static string Escape(char character) => char.IsAsciiLetterOrDigit(character)
        ? character.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
}
