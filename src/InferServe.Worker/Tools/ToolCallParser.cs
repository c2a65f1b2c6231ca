using System.Text;
using System.Text.Json;

namespace InferServe.Worker.Tools;

/// <summary>
/// Finds calls in the Hermes form, <c>&lt;tool_call&gt;{"name":…,"arguments":{…}}&lt;/tool_call&gt;</c>, in a text that comes in pieces.
/// A call that is malformed or never ends stays text, and white space between calls is no text. The outcome does not depend on how
/// the text is cut into pieces. Not thread-safe.
/// </summary>
/// <remarks>
/// <code>
///   Outside ──&lt;tool_call&gt;──► Inside ──&lt;/tool_call&gt;──► Outside
/// </code>
/// Outside, white space and what may be the beginning of the opening tag are held back; inside, everything is.
/// </remarks>
internal sealed class ToolCallParser
{
    private const string Open = "<tool_call>";
    private const string Close = "</tool_call>";

    private readonly StringBuilder _held = new();
    private bool _inside;
    private bool _afterCall;

    /// <summary>Adds a piece of text; returns the text and calls that are certain now, in their order.</summary>
    public IReadOnlyList<ToolCallPiece> Append(string piece)
    {
        _held.Append(piece);
        var pieces = new List<ToolCallPiece>();
        while (_inside ? TryLeave(pieces) : TryEnter(pieces))
        {
        }

        return pieces;
    }

    /// <summary>Ends the text; what is held back turns out to be text.</summary>
    public IReadOnlyList<ToolCallPiece> Flush()
    {
        var pieces = new List<ToolCallPiece>();
        var rest = _held.ToString();
        _held.Clear();
        if (_inside || !(_afterCall && string.IsNullOrWhiteSpace(rest)))
        {
            AddText(rest, pieces);
        }

        _inside = false;
        return pieces;
    }

    /// <summary>Passes text on up to an opening tag, or up to what must be held back when there is none; true at a tag.</summary>
    private bool TryEnter(List<ToolCallPiece> pieces)
    {
        var text = _held.ToString();
        var at = text.IndexOf(Open, StringComparison.Ordinal);
        var certain = at >= 0 ? at : text.Length - HeldTag(text);
        var end = text.AsSpan(0, certain).TrimEnd().Length;
        if (end > 0)
        {
            AddText(text[..end], pieces);
        }

        // White space before the tag stays until it is known whether the tag begins a call: it is no text before one.
        _held.Remove(0, end);
        _inside = at >= 0;
        return _inside;
    }

    /// <summary>Turns everything up to the closing tag into a call or, when it is none, into text; false when there is no closing tag yet.</summary>
    private bool TryLeave(List<ToolCallPiece> pieces)
    {
        var text = _held.ToString();
        var at = text.IndexOf(Close, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var start = text.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        var end = at + Close.Length;
        _held.Remove(0, end);
        _inside = false;
        if (Parse(text.AsMemory(start, at - start)) is { } call)
        {
            pieces.Add(call);
            _afterCall = true;
        }
        else
        {
            AddText(text[..end], pieces);
        }

        return true;
    }

    private void AddText(string text, List<ToolCallPiece> pieces)
    {
        if (text.Length > 0)
        {
            pieces.Add(new ToolCallPiece.Text(text));
            _afterCall = false;
        }
    }

    /// <summary>Length of the longest end of <paramref name="text"/> with which the opening tag begins.</summary>
    private static int HeldTag(string text)
    {
        var length = Math.Min(Open.Length - 1, text.Length);
        while (length > 0 && !text.AsSpan(text.Length - length).SequenceEqual(Open.AsSpan(0, length)))
        {
            length--;
        }

        return length;
    }

    private static ToolCallPiece.Call? Parse(ReadOnlyMemory<char> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 } function)
            {
                return null;
            }

            if (!root.TryGetProperty("arguments", out var arguments))
            {
                return new ToolCallPiece.Call(function, "{}");
            }

            return arguments.ValueKind == JsonValueKind.Object ? new ToolCallPiece.Call(function, arguments.GetRawText()) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name with half of a surrogate pair.
            return null;
        }
    }
}
