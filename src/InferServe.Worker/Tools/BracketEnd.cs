namespace InferServe.Worker.Tools;

/// <summary>
/// A call ends where its brackets are closed. Brackets in strings do not count. Before the first bracket only what
/// <paramref name="isLead"/> allows may stand, such as white space or a function's name.
/// </summary>
/// <param name="begin">Length of the opening text.</param>
/// <param name="open">The characters that may be the first bracket.</param>
/// <param name="quotes">The characters that begin and end strings.</param>
/// <param name="isLead">Which characters may stand before the first bracket.</param>
internal sealed class BracketEnd(int begin, string open, string quotes = "\"", Func<char, bool>? isLead = null) : CallEnd
{
    private readonly Func<char, bool> _isLead = isLead ?? char.IsWhiteSpace;
    private int _seen = begin;
    private int _depth;
    private char _quote;
    private bool _escaped;

    public override int Find(ReadOnlySpan<char> text)
    {
        for (; _seen < text.Length; _seen++)
        {
            var c = text[_seen];
            if (_depth == 0)
            {
                if (!open.Contains(c, StringComparison.Ordinal) && !_isLead(c))
                {
                    return None;
                }

                _depth = open.Contains(c, StringComparison.Ordinal) ? 1 : 0;
            }
            else if (!InString(c))
            {
                _depth += c is '{' or '[' or '(' ? 1 : c is '}' or ']' or ')' ? -1 : 0;
                if (_depth == 0)
                {
                    return _seen + 1;
                }
            }
        }

        return Unknown;
    }

    private bool InString(char c)
    {
        if (_quote == '\0')
        {
            _quote = quotes.Contains(c, StringComparison.Ordinal) ? c : '\0';
        }
        else if (_escaped)
        {
            _escaped = false;
        }
        else if (c == '\\')
        {
            _escaped = true;
        }
        else if (c == _quote)
        {
            _quote = '\0';
        }
        else
        {
            return true;
        }

        return _quote != '\0';
    }
}
