using System.Text;

namespace InferServe.Tokenization;

/// <summary>Makes a text that may come from anywhere a sequence of Unicode characters.</summary>
internal static class WellFormedText
{
    /// <summary>The text with U+FFFD in place of each unpaired surrogate; the same string when it has none.</summary>
    public static string Of(string text)
    {
        int at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length).Append(text, 0, at);
        foreach (Rune rune in text.AsSpan(at).EnumerateRunes())
        {
            result.Append(rune);
        }

        return result.ToString();
    }
}
