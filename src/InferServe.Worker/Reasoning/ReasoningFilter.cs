using System.Text;

namespace InferServe.Worker.Reasoning;

/// <summary>
/// Parts what a reasoning model writes before its answer between two tags from the answer, in a text that comes in pieces. White
/// space around the two parts is no part of them. The outcome does not depend on how the text is cut into pieces. Not thread-safe.
/// </summary>
/// <remarks>
/// <code>
///   Before ──opening tag──► Inside ──closing tag──► Behind
///      └──────── anything else ────────────────► Behind
/// </code>
/// </remarks>
/// <param name="open">The tag before the reasoning.</param>
/// <param name="close">The tag behind it.</param>
/// <param name="opened">Whether the prompt ends with the opening tag, so that the text begins inside.</param>
internal sealed class ReasoningFilter(string open, string close, bool opened)
{
    private readonly StringBuilder _held = new();
    private Place _place = opened ? Place.Inside : Place.Before;
    private bool _begun;

    private enum Place
    {
        Before,
        Inside,
        Behind,
    }

    /// <summary>Adds a piece of text; returns what is certain now.</summary>
    public (string Reasoning, string Text) Append(string piece)
    {
        _held.Append(piece);
        var (reasoning, text) = (string.Empty, string.Empty);
        if (_place == Place.Before)
        {
            Enter();
        }

        if (_place == Place.Inside)
        {
            reasoning = TakeReasoning();
        }

        if (_place == Place.Behind)
        {
            text = TakeText();
        }

        return (reasoning, text);
    }

    /// <summary>Ends the text; returns what is held back.</summary>
    public (string Reasoning, string Text) Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return _place == Place.Inside ? (Begin(rest).TrimEnd(), string.Empty) : (string.Empty, rest);
    }

    private void Enter()
    {
        var start = _held.ToString().TrimStart();
        if (start.StartsWith(open, StringComparison.Ordinal))
        {
            _held.Clear().Append(start, open.Length, start.Length - open.Length);
            _place = Place.Inside;
        }
        else if (!open.StartsWith(start, StringComparison.Ordinal))
        {
            // The model does not reason this time: its text begins as it is.
            (_place, _begun) = (Place.Behind, true);
        }
    }

    private string TakeReasoning()
    {
        var text = _held.ToString();
        var at = text.IndexOf(close, StringComparison.Ordinal);
        if (at >= 0)
        {
            _held.Remove(0, at + close.Length);
            var last = Begin(text[..at]).TrimEnd();
            (_place, _begun) = (Place.Behind, false);
            return last;
        }

        // White space stays until it is known whether the closing tag follows.
        var certain = text.AsSpan(0, text.Length - HeldTag(text)).TrimEnd().Length;
        _held.Remove(0, certain);
        return Begin(text[..certain]);
    }

    private string TakeText()
    {
        var text = Begin(_held.ToString());
        _held.Clear();
        return text;
    }

    /// <summary>Drops white space until the part has begun.</summary>
    private string Begin(string text)
    {
        if (_begun)
        {
            return text;
        }

        text = text.TrimStart();
        _begun = text.Length > 0;
        return text;
    }

    /// <summary>Length of the longest end of <paramref name="text"/> with which the closing tag begins.</summary>
    private int HeldTag(string text)
    {
        var length = Math.Min(close.Length - 1, text.Length);
        while (length > 0 && !text.AsSpan(text.Length - length).SequenceEqual(close.AsSpan(0, length)))
        {
            length--;
        }

        return length;
    }
}
