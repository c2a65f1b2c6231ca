using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>Cuts one text at the matches that it is told of, in ascending order, and gives the pieces that are not empty to a sink.</summary>
/// <param name="text">The text.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="invert">True: what lies between the matches counts as matched, and the matches as not.</param>
/// <param name="sink">Takes the pieces.</param>
internal ref struct PieceSplitter(TextPiece text, SplitBehavior behavior, bool invert, IPieceSink sink) : IMatchSink
{
    private readonly TextPiece _text = text;

    // End of the last match.
    private int _position;

    // The piece that may still grow, and whether its last segment is matched.
    private int _start;
    private int _end;
    private bool _endsMatched;
    private bool _hasPiece;

    /// <inheritdoc/>
    public void Match(int start, int end)
    {
        if (_position < start)
        {
            Add(_position, start, invert);
        }

        Add(start, end, !invert);
        _position = end;
    }

    /// <summary>Tells that there are no more matches.</summary>
    public void Finish()
    {
        if (_position < _text.Text.Length)
        {
            Add(_position, _text.Text.Length, invert);
        }

        Emit();
    }

    private void Add(int start, int end, bool isMatch)
    {
        if (behavior == SplitBehavior.Removed && isMatch)
        {
            return;
        }

        bool grows = _hasPiece && behavior switch
        {
            SplitBehavior.MergedWithPrevious => isMatch && !_endsMatched,
            SplitBehavior.MergedWithNext => !isMatch && _endsMatched,
            SplitBehavior.Contiguous => isMatch == _endsMatched,
            _ => false,
        };
        if (!grows)
        {
            Emit();
            (_start, _hasPiece) = (start, true);
        }

        (_end, _endsMatched) = (end, isMatch);
    }

    private readonly void Emit()
    {
        if (_end > _start)
        {
            sink.Add(_text.Slice(_start, _end));
        }
    }
}
