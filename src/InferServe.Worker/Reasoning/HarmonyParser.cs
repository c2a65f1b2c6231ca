using InferServe.Worker.Answers;
using InferServe.Worker.Tools;
using InferServe.Worker.Tools.Formats;

namespace InferServe.Worker.Reasoning;

/// <summary>
/// Reads gpt-oss's channels. The prompt ends behind <c>&lt;|start|&gt;assistant</c>, so the answer begins in a header.
/// </summary>
/// <remarks>
/// <code>
///   Header ──&lt;|message|&gt;──► Body ──&lt;|end|&gt;, &lt;|call|&gt;, &lt;|return|&gt;, &lt;|start|&gt; or &lt;|channel|&gt;──► Header
/// </code>
/// A header names channel and recipient. The body of a call is held until its end; every other body goes out as it comes.
/// </remarks>
/// <param name="final">Finds the parts of what goes to the user.</param>
/// <param name="functions">The functions that may be called; null when calls are text.</param>
internal sealed class HarmonyParser(IAnswerParser final, IReadOnlyList<ToolFunction>? functions) : IAnswerParser
{
    private static readonly string[] BodyEnds =
        [HarmonyToolFormat.End, HarmonyToolFormat.CallMark, HarmonyToolFormat.Return, HarmonyToolFormat.Start, HarmonyToolFormat.Channel];

    private static readonly string[] HeaderBegins = [HarmonyToolFormat.Channel, HarmonyToolFormat.Start, HarmonyToolFormat.Message, "to="];

    /// <summary>Longest header, in characters; what is longer is text.</summary>
    private const int MaxHeader = 256;

    private readonly TextBuffer _held = new();
    private string _header = string.Empty;
    private bool _inBody;

    private bool IsReasoning => _header.Contains($"{HarmonyToolFormat.Channel}analysis", StringComparison.Ordinal);

    public IReadOnlyList<AnswerPart> Append(string piece)
    {
        _held.Append(piece);
        var parts = new List<AnswerPart>();
        while (_inBody ? TryEndBody(parts) : TryEndHeader())
        {
        }

        return parts;
    }

    public IReadOnlyList<AnswerPart> Flush()
    {
        var parts = new List<AnswerPart>();
        if (_inBody)
        {
            EndBody(_held.Take(_held.Length), parts);
        }
        else if (_held.Span.ContainsAnyExcept(" \t\r\n") && !IsBareHeader())
        {
            parts.AddRange(final.Append(_held.Take(_held.Length)));
        }

        parts.AddRange(final.Flush());
        return parts;
    }

    /// <summary>Reads a header when it is complete; text that is no header goes to the user.</summary>
    private bool TryEndHeader()
    {
        var text = _held.Span;
        var at = text.IndexOf(HarmonyToolFormat.Message, StringComparison.Ordinal);
        if (at < 0 && IsHeader(text, MaxHeader + HarmonyToolFormat.Message.Length, complete: false))
        {
            return false;
        }

        if (at >= 0 && IsHeader(text[..at], MaxHeader, complete: true))
        {
            _header = _held.Take(at + HarmonyToolFormat.Message.Length);
        }
        else
        {
            _header = string.Empty;
        }

        _inBody = true;
        return true;
    }

    private bool TryEndBody(List<AnswerPart> parts)
    {
        var (at, mark) = PartialMatch.First(_held.Span, BodyEnds);
        if (at < 0)
        {
            if (Recipient() is null)
            {
                Pass(_held.Take(_held.Length - PartialMatch.Length(_held.Span, BodyEnds)), parts);
            }

            return false;
        }

        EndBody(_held.Take(at), parts);
        // These two begin the next header; the others end a message.
        if (mark is not (HarmonyToolFormat.Start or HarmonyToolFormat.Channel))
        {
            _held.Take(mark.Length);
        }

        _inBody = false;
        return true;
    }

    private void EndBody(string body, List<AnswerPart> parts)
    {
        if (Recipient() is not { } name)
        {
            Pass(body, parts);
        }
        else if (JsonCalls.Arguments(body) is { } arguments)
        {
            parts.Add(new AnswerPart.Call(name, arguments));
        }
        else
        {
            parts.AddRange(final.Append(_header + body));
        }
    }

    private void Pass(string text, List<AnswerPart> parts)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (IsReasoning)
        {
            parts.Add(new AnswerPart.Reasoning(text));
        }
        else
        {
            parts.AddRange(final.Append(text));
        }
    }

    /// <summary>The function to which the current message goes, or null when it is text.</summary>
    private string? Recipient()
    {
        const string To = "to=";
        var at = functions is null ? -1 : _header.IndexOf(To, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = _header.AsSpan(at + To.Length);
        var end = rest.IndexOfAny(' ', '<');
        var name = (end < 0 ? rest : rest[..end]).ToString();
        return name.StartsWith(HarmonyToolFormat.Functions, StringComparison.Ordinal) ? name[HarmonyToolFormat.Functions.Length..]
            : functions!.Any(function => function.Name == name) ? name
            : null;
    }

    /// <summary>Whether a text is a header; unless it is complete, the begin of one is enough.</summary>
    private static bool IsHeader(ReadOnlySpan<char> text, int most, bool complete)
    {
        var rest = text.TrimStart();
        foreach (var begin in HeaderBegins)
        {
            if (rest.StartsWith(begin, StringComparison.Ordinal))
            {
                return rest.Length < most;
            }

            if (rest.IsEmpty || (!complete && begin.AsSpan().StartsWith(rest, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether nothing but a part of a header is there, as when the answer was cut.</summary>
    private bool IsBareHeader() => IsHeader(_held.Span, int.MaxValue, complete: false) && _held.Span.TrimStart().StartsWith("<|", StringComparison.Ordinal);
}
