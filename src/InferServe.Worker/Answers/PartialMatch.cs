namespace InferServe.Worker.Answers;

/// <summary>What must be held back because it may become a mark.</summary>
internal static class PartialMatch
{
    /// <summary>Length of the longest end of <paramref name="text"/> that begins one of the marks and is none in full.</summary>
    public static int Length(ReadOnlySpan<char> text, IReadOnlyList<string> marks)
    {
        var longest = 0;
        foreach (var mark in marks)
        {
            for (var length = Math.Min(mark.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(mark.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }

    /// <summary>Length of <paramref name="text"/> if all of it begins one of the marks, else 0.</summary>
    public static int Whole(ReadOnlySpan<char> text, IReadOnlyList<string> marks)
    {
        foreach (var mark in marks)
        {
            if (mark.AsSpan().StartsWith(text))
            {
                return text.Length;
            }
        }

        return 0;
    }

    /// <summary>The first place of any of the marks, the longest of those at that place; -1 and an empty mark when there is none.</summary>
    public static (int At, string Mark) First(ReadOnlySpan<char> text, IReadOnlyList<string> marks)
    {
        var (at, found) = (-1, string.Empty);
        foreach (var mark in marks)
        {
            var index = (at < 0 ? text : text[..Math.Min(text.Length, at + mark.Length)]).IndexOf(mark, StringComparison.Ordinal);
            if (index >= 0 && (at < 0 || index < at || (index == at && mark.Length > found.Length)))
            {
                (at, found) = (index, mark);
            }
        }

        return (at, found);
    }
}
