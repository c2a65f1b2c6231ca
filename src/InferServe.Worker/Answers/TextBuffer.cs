namespace InferServe.Worker.Answers;

/// <summary>Text that grows at its end and is taken from its begin, looked at without copying.</summary>
internal sealed class TextBuffer
{
    private char[] _characters = new char[256];
    private int _begin;
    private int _end;

    public int Length => _end - _begin;

    public ReadOnlySpan<char> Span => _characters.AsSpan(_begin, Length);

    public void Append(ReadOnlySpan<char> text)
    {
        if (_end + text.Length > _characters.Length)
        {
            var grown = Length + text.Length > _characters.Length / 2 ? new char[2 * (Length + text.Length)] : _characters;
            Span.CopyTo(grown);
            (_characters, _begin, _end) = (grown, 0, Length);
        }

        text.CopyTo(_characters.AsSpan(_end));
        _end += text.Length;
    }

    /// <summary>Removes and returns the first characters.</summary>
    public string Take(int count)
    {
        var text = Span[..count].ToString();
        _begin += count;
        return text;
    }
}
