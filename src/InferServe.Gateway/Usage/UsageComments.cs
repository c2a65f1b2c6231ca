using InferServe.Contracts.Workers;

namespace InferServe.Gateway.Usage;

/// <summary>Finds a worker's notes about usage among the events of a stream.</summary>
internal static class UsageComments
{
    private static ReadOnlySpan<byte> End => "\n\n"u8;

    /// <summary>Takes every note out of the bytes; what stays moves together.</summary>
    /// <param name="events">Whole events.</param>
    /// <param name="newest">The last note, or null when there is none.</param>
    /// <returns>Number of bytes that stay.</returns>
    public static int TakeOut(Span<byte> events, out UsageNote? newest)
    {
        newest = null;
        var length = events.Length;
        for (var from = 0; Find(events[from..length]) is >= 0 and var offset;)
        {
            var start = from + offset;
            var text = events[(start + UsageNote.CommentStart.Length)..length];
            var end = text.IndexOf(End);
            var beginsLine = start == 0 || events[start - 1] == (byte)'\n';
            if (!beginsLine || end < 0 || !UsageNote.TryParse(text[..end], out var note))
            {
                from = start + UsageNote.CommentStart.Length;
                continue;
            }

            newest = note;
            text[(end + End.Length)..].CopyTo(events[start..]);
            length -= UsageNote.CommentStart.Length + end + End.Length;
            from = start;
        }

        return length;
    }

    private static int Find(ReadOnlySpan<byte> events) => events.IndexOf(UsageNote.CommentStart);
}
