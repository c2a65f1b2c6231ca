using System.Text;

namespace InferServe.Worker.Stopping;

/// <summary>
/// Ends a text before the first stop string. Text that may be the beginning of a stop string is held back until it is known
/// whether it is one. The outcome does not depend on how the text is cut into pieces. Not thread-safe.
/// </summary>
/// <param name="stops">The stop strings, none of them empty; may be empty itself.</param>
/// <param name="include">Whether the stop string is the last part of the text, instead of being no part of it.</param>
internal sealed class StopStringFilter(IReadOnlyList<string> stops, bool include = false)
{
    private readonly StringBuilder _held = new();

    /// <summary>True once a stop string has occurred; the text has ended then.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Adds a piece of text; returns what can be passed on.</summary>
    public string Append(string piece)
    {
        if (Stopped)
        {
            return string.Empty;
        }

        if (stops.Count == 0)
        {
            return piece;
        }

        var held = _held.Length;
        var text = Take(piece);
        if (FirstToComplete(text, held) is var (start, end))
        {
            Stopped = true;
            return text[..(include ? end : start)];
        }

        return Hold(text);
    }

    /// <summary>Adds a piece that completes no stop string, though one may begin in it; returns what can be passed on.</summary>
    public string Pass(string piece) => stops.Count == 0 || Stopped ? Append(piece) : Hold(Take(piece));

    /// <summary>Ends the text; returns what is still held back.</summary>
    public string Flush()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private string Take(string piece)
    {
        var text = _held.Append(piece).ToString();
        _held.Clear();
        return text;
    }

    private string Hold(string text)
    {
        var safe = text.Length - LongestHeld(text);
        _held.Append(text, safe, text.Length - safe);
        return text[..safe];
    }

    /// <summary>Where the stop string lies that is complete first behind <paramref name="seen"/> (the longest of those that end together), or null.</summary>
    private (int Start, int End)? FirstToComplete(string text, int seen)
    {
        (int Start, int End)? first = null;
        foreach (var stop in stops)
        {
            var start = text.IndexOf(stop, Math.Max(0, seen - stop.Length + 1), StringComparison.Ordinal);
            var end = start + stop.Length;
            if (start >= 0 && (first is not var (bestStart, bestEnd) || end < bestEnd || (end == bestEnd && start < bestStart)))
            {
                first = (start, end);
            }
        }

        return first;
    }

    /// <summary>Length of the longest end of <paramref name="text"/> with which a stop string begins.</summary>
    private int LongestHeld(string text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}
