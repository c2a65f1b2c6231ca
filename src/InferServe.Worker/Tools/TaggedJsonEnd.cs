namespace InferServe.Worker.Tools;

/// <summary>A call ends with the first closing text that is not within a JSON string.</summary>
/// <param name="begin">Length of the opening text.</param>
/// <param name="close">The closing text; it holds no quotes.</param>
internal sealed class TaggedJsonEnd(int begin, string close) : CallEnd
{
    private int _seen = begin;
    private bool _inString;
    private bool _escaped;

    public override int Find(ReadOnlySpan<char> text)
    {
        for (; _seen < text.Length; _seen++)
        {
            var c = text[_seen];
            if (_inString)
            {
                _inString = _escaped || c != '"';
                _escaped = !_escaped && c == '\\';
            }
            else if (c == '"')
            {
                _inString = true;
            }
            else if (c == close[0])
            {
                var rest = text[_seen..];
                if (rest.StartsWith(close, StringComparison.Ordinal))
                {
                    return _seen + close.Length;
                }

                if (close.AsSpan().StartsWith(rest, StringComparison.Ordinal))
                {
                    return Unknown;
                }
            }
        }

        return Unknown;
    }
}
