namespace InferServe.Worker.Tools;

/// <summary>A call ends with the first closing text.</summary>
/// <param name="begin">Length of the opening text.</param>
/// <param name="close">The closing text.</param>
internal sealed class ClosingTextEnd(int begin, string close) : CallEnd
{
    private int _seen = begin;

    public override int Find(ReadOnlySpan<char> text)
    {
        var at = text[_seen..].IndexOf(close, StringComparison.Ordinal);
        if (at >= 0)
        {
            return _seen + at + close.Length;
        }

        _seen = Math.Max(_seen, text.Length - close.Length + 1);
        return Unknown;
    }
}
