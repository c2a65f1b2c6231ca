namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Finds <c>{% raw %}</c> and <c>{% endraw %}</c>, between which nothing is a tag.</summary>
internal static class RawBlock
{
    /// <summary>Where the closing tag begins and ends, and its two whitespace signs.</summary>
    internal readonly record struct End(int TagBegin, int TagEnd, char BeginSign, char EndSign);

    /// <param name="source">The template.</param>
    /// <param name="afterSign">The position after <c>{%</c> and its sign.</param>
    /// <param name="bodyBegin">The position of the raw text.</param>
    public static bool TryReadBegin(string source, int afterSign, out int bodyBegin)
    {
        bodyBegin = 0;
        if (!TryReadWord(source, afterSign, "raw", out int position))
        {
            return false;
        }

        if (StartsWith(source, position, "-%}"))
        {
            bodyBegin = Whitespace.AfterTag(source, position + 3, '-', trimLineEnd: false);
            return true;
        }

        bodyBegin = position + 2;
        return StartsWith(source, position, "%}");
    }

    public static bool TryFindEnd(string source, int from, out End end)
    {
        const string Begin = "{%";
        for (int i = source.IndexOf(Begin, from, StringComparison.Ordinal); i >= 0; i = source.IndexOf(Begin, i + 1, StringComparison.Ordinal))
        {
            int position = i + 2;
            char beginSign = position < source.Length && source[position] is '-' or '+' ? source[position++] : '\0';
            if (!TryReadWord(source, position, "endraw", out position))
            {
                continue;
            }

            char endSign = position < source.Length && source[position] is '-' or '+' ? source[position++] : '\0';
            if (StartsWith(source, position, "%}"))
            {
                end = new End(i, position + 2, beginSign, endSign);
                return true;
            }
        }

        end = default;
        return false;
    }

    private static bool TryReadWord(string source, int position, string word, out int after)
    {
        position = Whitespace.AfterTag(source, position, '-', trimLineEnd: false);
        bool found = StartsWith(source, position, word);
        after = found ? Whitespace.AfterTag(source, position + word.Length, '-', trimLineEnd: false) : position;
        return found;
    }

    private static bool StartsWith(string source, int position, string text) =>
        string.CompareOrdinal(source, position, text, 0, text.Length) == 0;
}
