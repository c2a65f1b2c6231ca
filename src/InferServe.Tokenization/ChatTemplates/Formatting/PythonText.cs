using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>
/// Python's view of text: strings are sequences of code points, where .NET's are of UTF-16 units, and whitespace is a slightly
/// different set.
/// </summary>
internal static class PythonText
{
    /// <summary>The characters of <c>str.isspace()</c>.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static bool IsAllSpace(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!IsSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    public static string TrimEnd(string text)
    {
        int end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    public static string TrimStart(string text)
    {
        int begin = 0;
        while (begin < text.Length && IsSpace(text[begin]))
        {
            begin++;
        }

        return text[begin..];
    }

    /// <summary>The number of code points.</summary>
    public static int Length(string text)
    {
        if (!HasSurrogates(text))
        {
            return text.Length;
        }

        int pairs = 0;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                pairs++;
                i++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>The code points, each as a string of its own.</summary>
    public static IEnumerable<string> CodePoints(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int length = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
            yield return text.Substring(i, length);
            i += length - 1;
        }
    }

    /// <summary>The UTF-16 index of a code point's index, which must be within the string or at its end.</summary>
    /// <param name="text">The string.</param>
    /// <param name="codePointIndex">How many code points to go on.</param>
    /// <param name="from">The UTF-16 index to start at.</param>
    public static int ToUtf16Index(string text, int codePointIndex, int from = 0)
    {
        if (!HasSurrogates(text))
        {
            return from + codePointIndex;
        }

        int i = from;
        for (; codePointIndex > 0; codePointIndex--)
        {
            i += i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
        }

        return i;
    }

    /// <summary>The code point index of a UTF-16 index.</summary>
    public static int ToCodePointIndex(string text, int utf16Index) => Length(text[..utf16Index]);

    private static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0;

    /// <summary>Python's order of strings, by code point. UTF-16 order puts emoji before some rare characters below them.</summary>
    public static int Compare(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        char a = left[common];
        char b = right[common];
        bool surrogatesDiffer = char.IsSurrogate(a) != char.IsSurrogate(b);
        return surrogatesDiffer ? char.IsSurrogate(a).CompareTo(char.IsSurrogate(b)) : a.CompareTo(b);
    }

    /// <summary>Whether <c>repr</c> shows a character as it is.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
