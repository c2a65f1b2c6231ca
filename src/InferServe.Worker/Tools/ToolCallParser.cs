using InferServe.Worker.Answers;

namespace InferServe.Worker.Tools;

/// <summary>
/// Finds calls in the form of a <see cref="ToolFormat"/>. A call that is malformed or never ends stays text, and white space between
/// calls is no text.
/// </summary>
/// <remarks>
/// <code>
///   Outside ──opening──► Inside ──end of the call──► Outside
/// </code>
/// Outside, white space and what may be the beginning of an opening are held back; inside, everything is.
/// </remarks>
internal sealed class ToolCallParser(ToolFormat format, IReadOnlyList<ToolFunction> functions) : IAnswerParser
{
    private readonly TextBuffer _held = new();
    private CallEnd? _end;
    private string _opening = string.Empty;
    private bool _afterCall;
    private bool _textSeen;
    private bool _flushing;

    public IReadOnlyList<AnswerPart> Append(string piece)
    {
        _held.Append(piece);
        var parts = new List<AnswerPart>();
        Advance(parts);
        return parts;
    }

    public IReadOnlyList<AnswerPart> Flush()
    {
        var parts = new List<AnswerPart>();
        if (_end is not null && !TryTakeCall(_held.Length, parts))
        {
            // The call has no end. Another one may begin behind the text that looks like its end.
            _flushing = true;
            _end = format.FindEnd(_opening, plain: true);
            Advance(parts);
        }

        if (_end is not null || !_afterCall || !_held.Span.IsWhiteSpace())
        {
            AddText(_held.Length, parts);
        }

        _end = null;
        return parts;
    }

    private void Advance(List<AnswerPart> parts)
    {
        while (_end is null ? TryEnter(parts) : TryLeave(parts))
        {
        }
    }

    /// <summary>Passes text on up to an opening, or up to what must be held back when there is none; true at an opening.</summary>
    private bool TryEnter(List<AnswerPart> parts)
    {
        if (!TrySkipSeparator())
        {
            return false;
        }

        var text = _held.Span;
        var blank = text.Length - text.TrimStart().Length;
        var (at, mark) = PartialMatch.First(text, format.Openings);
        if (!_textSeen && PartialMatch.First(text, format.StartOpenings) is var (start, startMark) && start == blank && (at < 0 || start <= at))
        {
            (at, mark) = (start, startMark);
        }

        var partial = PartialMatch.Length(text, format.Openings);
        if (!_textSeen)
        {
            partial = Math.Max(partial, PartialMatch.Whole(text[blank..], format.StartOpenings));
        }

        // White space before an opening stays until it is known whether a call begins: it is no text before one.
        AddText(text[..(at >= 0 ? at : text.Length - partial)].TrimEnd().Length, parts);
        (_opening, _end) = at >= 0 ? (mark, format.FindEnd(mark, plain: _flushing)) : (string.Empty, null);
        return at >= 0;
    }

    /// <summary>Turns everything up to the call's end into calls or, when it is none, into text; false when the end does not show yet.</summary>
    private bool TryLeave(List<AnswerPart> parts)
    {
        // White space that was held back precedes the opening.
        var begin = _held.Length - _held.Span.TrimStart().Length;
        var length = _end!.Find(_held.Span[begin..]);
        switch (length)
        {
            case CallEnd.Unknown:
                return false;
            case CallEnd.None:
                AddText(begin + _opening.Length, parts);
                break;
            default:
                if (!TryTakeCall(begin + length, parts))
                {
                    AddText(begin + length, parts);
                }

                break;
        }

        _end = null;
        return true;
    }

    private bool TryTakeCall(int length, List<AnswerPart> parts)
    {
        if (format.Parse(_held.Span[..length].Trim().ToString(), functions) is not { Count: > 0 } calls)
        {
            return false;
        }

        _held.Take(length);
        parts.AddRange(calls);
        (_afterCall, _end) = (true, null);
        return true;
    }

    /// <summary>Drops the text that a format writes between calls or behind the last one; false when it may still come.</summary>
    private bool TrySkipSeparator()
    {
        var rest = _held.Span.TrimStart();
        if (!_afterCall || format.Separator is not { } separator)
        {
            return true;
        }

        if (rest.StartsWith(separator, StringComparison.Ordinal))
        {
            _held.Take(_held.Length - rest.Length + separator.Length);
            return TrySkipSeparator();
        }

        return rest.IsEmpty || _flushing || !separator.AsSpan().StartsWith(rest, StringComparison.Ordinal);
    }

    private void AddText(int length, List<AnswerPart> parts)
    {
        if (length > 0)
        {
            parts.Add(new AnswerPart.Text(_held.Take(length)));
            (_afterCall, _textSeen) = (false, true);
        }
    }
}
