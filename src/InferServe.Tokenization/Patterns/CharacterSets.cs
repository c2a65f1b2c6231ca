using System.Collections.Concurrent;
using System.Globalization;

namespace InferServe.Tokenization.Patterns;

/// <summary>Oniguruma's named sets of characters.</summary>
internal static class CharacterSets
{
    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
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

    private static readonly ConcurrentDictionary<string, CharacterClass?> Properties = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>White space: \s.</summary>
    public static CharacterClass Space { get; } = new(
        CodePointSet.Of(UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator)
            .Union(CodePointSet.Of('\t', '\r')).Union(CodePointSet.Of(0x85, 0x85)),
        @"\s");

    /// <summary>Decimal digits: \d.</summary>
    public static CharacterClass Digit { get; } = new(CodePointSet.Of(UnicodeCategory.DecimalDigitNumber), @"\d");

    /// <summary>
    /// \w within a class: letters, marks, decimal digits, letter numbers, connectors, and the circled and squared letters. .NET's own lacks
    /// some of them.
    /// </summary>
    public static CharacterClass WordInClass { get; } = new(
        CodePointSet.Of(
            UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter, UnicodeCategory.TitlecaseLetter, UnicodeCategory.ModifierLetter,
            UnicodeCategory.OtherLetter, UnicodeCategory.NonSpacingMark, UnicodeCategory.SpacingCombiningMark, UnicodeCategory.EnclosingMark,
            UnicodeCategory.DecimalDigitNumber, UnicodeCategory.LetterNumber, UnicodeCategory.ConnectorPunctuation)
            .Union(CodePointSet.Of(0x24B6, 0x24E9))
            .Union(CodePointSet.Of(0x1F130, 0x1F149)).Union(CodePointSet.Of(0x1F150, 0x1F169)).Union(CodePointSet.Of(0x1F170, 0x1F189)),
        @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9");

    /// <summary>\w by itself, where the superscripts and fractions of Latin-1 belong to it too.</summary>
    public static CharacterClass Word { get; } = new(
        WordInClass.Set.Union(CodePointSet.Of([0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE])), WordInClass.Notation + @"\u00B2\u00B3\u00B9\u00BC-\u00BE");

    /// <summary>Hexadecimal digits: \h.</summary>
    public static CharacterClass HexadecimalDigit { get; } = new(
        CodePointSet.Of('0', '9').Union(CodePointSet.Of('A', 'F')).Union(CodePointSet.Of('a', 'f')), "0-9A-Fa-f");

    /// <summary>What a dot matches: everything but a line feed.</summary>
    public static CharacterClass Dot { get; } = CharacterClass.OfCharacter('\n').Complement();

    /// <summary>The characters with a property: a general category, or a script; null for anything else.</summary>
    public static CharacterClass? OfProperty(string name) =>
        Properties.Count < Categories.Length * 8 ? Properties.GetOrAdd(name, Find) : Properties.GetValueOrDefault(name) ?? Find(name);

    /// <summary>The characters of a POSIX bracket; null for one that is not supported.</summary>
    public static CharacterClass? OfBracket(string name) => name switch
    {
        "digit" => Digit,
        "space" => Space,
        "word" => WordInClass,
        "xdigit" => HexadecimalDigit,
        "punct" => OfProperty("P")!.Union(OfProperty("S")!),
        "cntrl" => OfProperty("Cc"),
        "ascii" => CharacterClass.Of(CodePointSet.Of(0, 0x7F)),
        "blank" => OfProperty("Zs")!.Union(CharacterClass.OfCharacter('\t')),
        _ => null,
    };

    /// <summary>A character as it can stand anywhere in a .NET expression.</summary>
    public static string Escape(char character) => char.IsAsciiLetterOrDigit(character)
        ? character.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");

    private static CharacterClass? Find(string name)
    {
        string plain = name.Replace("_", null, StringComparison.Ordinal).Replace(" ", null, StringComparison.Ordinal);
        plain = LongNames.GetValueOrDefault(plain, plain);
        UnicodeCategory[] categories = [.. Enumerable.Range(0, Categories.Length)
            .Where(index => Categories[index].Equals(plain, StringComparison.OrdinalIgnoreCase)
                || (plain.Length == 1 && Categories[index].StartsWith(plain, StringComparison.OrdinalIgnoreCase)))
            .Select(static index => (UnicodeCategory)index)];
        if (categories.Length > 0)
        {
            string notation = plain.Length == 1 ? plain.ToUpperInvariant() : Categories[(int)categories[0]];

            // Surrogates are in no text, and are no characters of category C here.
            return new CharacterClass(CodePointSet.Of(categories), $"\\p{{{notation}}}");
        }

        return CodePointSet.OfScript(name) is { } script ? CharacterClass.Of(script) : null;
    }
}
