namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Tells the line (from 1) of a position, counting on from the position asked for before.</summary>
internal sealed class LineCounter(string source)
{
    private int _position;
    private int _line = 1;

    public int LineOf(int position)
    {
        if (position < _position)
        {
            _line -= source.AsSpan(position, _position - position).Count('\n');
        }
        else
        {
            _line += source.AsSpan(_position, position - _position).Count('\n');
        }

        _position = position;
        return _line;
    }
}
