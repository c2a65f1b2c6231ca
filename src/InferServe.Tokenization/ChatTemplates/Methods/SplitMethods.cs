using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>The methods that take strings apart.</summary>
internal static class SplitMethods
{
    public static ListValue Split(RenderState state, string text, CallArguments arguments, bool fromRight)
    {
        BoundArguments bound = arguments.Bind(state, fromRight ? "rsplit" : "split", "sep", "maxsplit");
        string? separator = bound.Text(0);
        int count = bound.Integer(1, -1);
        if (separator is "")
        {
            throw state.Fail("empty separator");
        }

        state.Search(text, separator ?? "");
        List<string> parts = separator is null
            ? (fromRight ? WordsFromRight(text, count) : Words(text, count))
            : (fromRight ? PartsFromRight(text, separator, count) : Parts(text, separator, count));
        state.Step(parts.Count);
        return ToList(parts);
    }

    public static JinjaValue SplitLines(RenderState state, string text, CallArguments arguments)
    {
        List<string> lines = Lines(text, arguments.Bind(state, "splitlines", "keepends").Flag(0));
        state.Step(lines.Count);
        return ToList(lines);
    }

    public static TupleValue Partition(RenderState state, string text, CallArguments arguments, bool fromRight)
    {
        string separator = arguments.Bind(state, fromRight ? "rpartition" : "partition", "sep").RequiredText(0);
        if (separator.Length == 0)
        {
            throw state.Fail("empty separator");
        }

        state.Search(text, separator);
        int index = fromRight
            ? text.LastIndexOf(separator, StringComparison.Ordinal)
            : text.IndexOf(separator, StringComparison.Ordinal);
        string[] parts = index < 0
            ? (fromRight ? ["", "", text] : [text, "", ""])
            : [text[..index], separator, text[(index + separator.Length)..]];
        return new TupleValue([.. parts.Select(part => new StringValue(part))]);
    }

    /// <summary>Python's line ends: more than CR and LF, and none at the end of the text.</summary>
    public static List<string> Lines(string text, bool keepEnds)
    {
        List<string> lines = [];
        int begin = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029'))
            {
                continue;
            }

            int next = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            lines.Add(keepEnds ? text[begin..next] : text[begin..i]);
            begin = next;
            i = next - 1;
        }

        if (begin < text.Length)
        {
            lines.Add(text[begin..]);
        }

        return lines;
    }

    private static List<string> Parts(string text, string separator, int count)
    {
        List<string> parts = [];
        int begin = 0;
        int found;
        while (count-- != 0 && (found = text.IndexOf(separator, begin, StringComparison.Ordinal)) >= 0)
        {
            parts.Add(text[begin..found]);
            begin = found + separator.Length;
        }

        parts.Add(text[begin..]);
        return parts;
    }

    private static List<string> PartsFromRight(string text, string separator, int count)
    {
        List<string> parts = [];
        int end = text.Length;
        int found;
        while (count-- != 0 && (found = text.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal)) >= 0)
        {
            parts.Add(text[(found + separator.Length)..end]);
            end = found;
        }

        parts.Add(text[..end]);
        parts.Reverse();
        return parts;
    }

    private static List<string> Words(string text, int count)
    {
        List<string> words = [];
        int i = SkipSpace(text, 0);
        while (i < text.Length && count-- != 0)
        {
            int begin = i;
            while (i < text.Length && !PythonText.IsSpace(text[i]))
            {
                i++;
            }

            words.Add(text[begin..i]);
            i = SkipSpace(text, i);
        }

        if (i < text.Length)
        {
            words.Add(text[i..]);
        }

        return words;
    }

    private static List<string> WordsFromRight(string text, int count)
    {
        List<string> words = [];
        int end = SkipSpaceBack(text, text.Length);
        while (end > 0 && count-- != 0)
        {
            int begin = end;
            while (begin > 0 && !PythonText.IsSpace(text[begin - 1]))
            {
                begin--;
            }

            words.Add(text[begin..end]);
            end = SkipSpaceBack(text, begin);
        }

        if (end > 0)
        {
            words.Add(text[..end]);
        }

        words.Reverse();
        return words;
    }

    private static int SkipSpace(string text, int i)
    {
        while (i < text.Length && PythonText.IsSpace(text[i]))
        {
            i++;
        }

        return i;
    }

    private static int SkipSpaceBack(string text, int end)
    {
        while (end > 0 && PythonText.IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static ListValue ToList(List<string> parts) => new([.. parts.Select(part => new StringValue(part))]);
}
