using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>Upper and lower case without a culture. Of the characters whose other case is several characters, only ß has it here.</summary>
internal static class CaseMapping
{
    public static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    public static string Lower(string text) => text.ToLowerInvariant();

    /// <summary>For comparisons without case.</summary>
    public static string Fold(string text) => Lower(text).Replace("ß", "ss", StringComparison.Ordinal);

    public static string Capitalize(string text) => text.Length == 0 ? text : UpperFirst(text) + Lower(text[FirstLength(text)..]);

    /// <summary>Python's <c>str.title()</c>: a word begins after every character that is not a letter.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        bool inWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(inWord ? Rune.ToLowerInvariant(rune).ToString() : UpperFirst(rune.ToString()));
            inWord = rune.Value == 'ß' || (Rune.IsLetter(rune) && Rune.ToLowerInvariant(rune) != Rune.ToUpperInvariant(rune));
        }

        return result.ToString();
    }

    public static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(Rune.IsUpper(rune) ? Rune.ToLowerInvariant(rune).ToString() : Upper(rune.ToString()));
        }

        return result.ToString();
    }

    /// <summary>The first character as a word begins with it.</summary>
    private static string UpperFirst(string text) => text[0] == 'ß' ? "Ss" : Upper(text[..FirstLength(text)]);

    private static int FirstLength(string text) => text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
}
