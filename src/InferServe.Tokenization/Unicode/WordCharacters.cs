using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Unicode;

/// <summary>Word characters of Unicode's regular expressions (UTS 18, annex C): alphabetic characters, among them circled and squared
/// Latin letters, marks, decimal digits, connectors and the two joiners.</summary>
internal static class WordCharacters
{
    public static bool Contains(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
