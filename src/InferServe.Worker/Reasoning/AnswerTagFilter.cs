using InferServe.Worker.Answers;

namespace InferServe.Worker.Reasoning;

/// <summary>Drops the tags that stand before and behind an answer: <c>&lt;response&gt;…&lt;/response&gt;</c>.</summary>
internal sealed class AnswerTagFilter(string open, string close, IAnswerParser inner) : IAnswerParser
{
    private readonly TextBuffer _held = new();
    private bool _begun;
    private bool _open;

    public IReadOnlyList<AnswerPart> Append(string piece)
    {
        _held.Append(piece);
        if (!_begun && !TryBegin())
        {
            return [];
        }

        return inner.Append(_held.Take(_open ? _held.Length - Held() : _held.Length));
    }

    public IReadOnlyList<AnswerPart> Flush()
    {
        var rest = _held.Take(_held.Length);
        rest = _open && rest.TrimEnd() == close ? string.Empty : rest;
        return [.. inner.Append(rest), .. inner.Flush()];
    }

    /// <summary>Drops the opening tag; false while it may still come.</summary>
    private bool TryBegin()
    {
        var text = _held.Span.TrimStart();
        _open = text.StartsWith(open, StringComparison.Ordinal);
        _begun = _open || !open.AsSpan().StartsWith(text);
        if (_open)
        {
            _held.Take(_held.Length - text.Length + open.Length);
        }

        return _begun;
    }

    /// <summary>What must stay because it may be the closing tag at the end of the answer, with white space behind it.</summary>
    private int Held()
    {
        var text = _held.Span.TrimEnd();
        return text.EndsWith(close, StringComparison.Ordinal)
            ? _held.Length - text.Length + close.Length
            : PartialMatch.Length(_held.Span, [close]);
    }
}
