using InferServe.Tokenization.ChatTemplates.Formatting;

namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Whitespace control around tags: <c>-</c> strips, <c>+</c> keeps, no sign does what trim_blocks and lstrip_blocks say.</summary>
internal static class Whitespace
{
    /// <summary>The text before a tag, without what the tag strips from its end.</summary>
    public static string BeforeTag(string text, char sign, bool isVariable, bool lineStarting)
    {
        if (sign == '-')
        {
            return PythonText.TrimEnd(text);
        }

        if (sign == '+' || isVariable)
        {
            return text;
        }

        int lineBegin = text.LastIndexOf('\n') + 1;
        bool atLineBegin = lineBegin > 0 || lineStarting;
        return atLineBegin && PythonText.IsAllSpace(text.AsSpan(lineBegin)) ? text[..lineBegin] : text;
    }

    /// <summary>The position after a tag and after what it strips.</summary>
    public static int AfterTag(string source, int position, char sign, bool trimLineEnd)
    {
        if (sign == '-')
        {
            while (position < source.Length && PythonText.IsSpace(source[position]))
            {
                position++;
            }
        }
        else if (sign != '+' && trimLineEnd && position < source.Length && source[position] == '\n')
        {
            position++;
        }

        return position;
    }
}
