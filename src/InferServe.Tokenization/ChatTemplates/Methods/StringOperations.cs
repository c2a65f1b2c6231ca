using System.Buffers;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>What methods and filters of strings share.</summary>
internal static class StringOperations
{
    /// <param name="state">The rendering.</param>
    /// <param name="text">The string.</param>
    /// <param name="chars">The set of characters to drop, or null for whitespace.</param>
    /// <param name="left">Whether to drop from the begin.</param>
    /// <param name="right">Whether to drop from the end.</param>
    public static string Strip(RenderState state, string text, string? chars, bool left, bool right)
    {
        if (chars is null)
        {
            text = left ? PythonText.TrimStart(text) : text;
            return right ? PythonText.TrimEnd(text) : text;
        }

        return chars.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0
            ? StripUnits(text, SearchValues.Create(chars), left, right)
            : StripCodePoints(state, text, chars, left, right);
    }

    private static string StripUnits(string text, SearchValues<char> set, bool left, bool right)
    {
        int begin = left ? text.AsSpan().IndexOfAnyExcept(set) : 0;
        int end = right ? text.AsSpan().LastIndexOfAnyExcept(set) + 1 : text.Length;
        return begin >= 0 && begin < end ? text[begin..end] : "";
    }

    private static string StripCodePoints(RenderState state, string text, string chars, bool left, bool right)
    {
        state.Step(chars.Length);
        HashSet<string> set = [.. PythonText.CodePoints(chars)];
        int begin = 0;
        int end = text.Length;
        while (left && begin < end && set.Contains(text.Substring(begin, PointLength(text, begin))))
        {
            state.Step();
            begin += PointLength(text, begin);
        }

        while (right && end > begin && set.Contains(text[PointBegin(text, end)..end]))
        {
            state.Step();
            end = PointBegin(text, end);
        }

        return text[begin..end];
    }

    /// <param name="state">The rendering.</param>
    /// <param name="text">The string.</param>
    /// <param name="old">What is replaced; the empty string is found between all characters.</param>
    /// <param name="replacement">What takes its place.</param>
    /// <param name="count">How many, from the left; negative for all.</param>
    public static string Replace(RenderState state, string text, string old, string replacement, int count)
    {
        state.Search(text, old);
        var result = new StringBuilder();
        int position = 0;
        while (count != 0)
        {
            int found = old.Length == 0 ? position : text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0 || (old.Length == 0 && position > text.Length))
            {
                break;
            }

            state.Step();
            state.CheckLength((long)result.Length + replacement.Length);
            result.Append(text, position, found - position).Append(replacement);
            position = found + old.Length;
            if (old.Length == 0)
            {
                int length = position < text.Length ? PointLength(text, position) : 0;
                result.Append(text, position, length);
                position += Math.Max(1, length);
            }

            count--;
        }

        result.Append(text, Math.Min(position, text.Length), Math.Max(0, text.Length - position));
        return state.Built(result.ToString());
    }

    public static string Join(RenderState state, string separator, IEnumerable<string> texts)
    {
        var result = new StringBuilder();
        bool first = true;
        foreach (string text in texts)
        {
            state.CheckLength((long)result.Length + separator.Length + text.Length);
            result.Append(first ? "" : separator).Append(text);
            first = false;
        }

        return state.Built(result.ToString());
    }

    private static int PointLength(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;

    private static int PointBegin(string text, int end) =>
        end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? end - 2 : end - 1;

    /// <summary>Tabs become blanks up to the next column that is a multiple of <paramref name="size"/>.</summary>
    public static string ExpandTabs(RenderState state, string text, int size)
    {
        var expanded = new StringBuilder(text.Length);
        int column = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                int blanks = size > 0 ? size - (column % size) : 0;
                state.CheckLength((long)expanded.Length + blanks);
                expanded.Append(' ', blanks);
                column += blanks;
            }
            else
            {
                expanded.Append(rune);
                column = rune.Value is '\n' or '\r' ? 0 : column + 1;
            }
        }

        return state.Built(expanded.ToString());
    }
}
