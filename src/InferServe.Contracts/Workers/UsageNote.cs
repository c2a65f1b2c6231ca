using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace InferServe.Contracts.Workers;

/// <summary>
/// The tokens of a request as a worker reports them to its gateway, whether or not the client wants to know: four numbers with
/// spaces between. In an event stream a note is a comment, <c>: usage 12 5 0 0</c> and a blank line; each replaces the one before, so
/// that the last one counts when a stream breaks off.
/// </summary>
/// <param name="PromptTokens">Tokens of the prompts.</param>
/// <param name="CompletionTokens">Tokens generated so far.</param>
/// <param name="CachedTokens">Prompt tokens that were not computed again.</param>
/// <param name="ReasoningTokens">Generated tokens that are reasoning.</param>
public readonly record struct UsageNote(int PromptTokens, int CompletionTokens, int CachedTokens, int ReasoningTokens)
{
    /// <summary>What the comment begins with.</summary>
    public static ReadOnlySpan<byte> CommentStart => ": usage "u8;

    /// <summary>Prompt and answer together.</summary>
    public long TotalTokens => (long)PromptTokens + CompletionTokens;

    /// <summary>The note as a header's value.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PromptTokens} {CompletionTokens} {CachedTokens} {ReasoningTokens}");

    /// <summary>The note as a comment of an event stream, the blank line included.</summary>
    public byte[] ToComment() => [.. CommentStart, .. Encoding.ASCII.GetBytes(ToString()), .. "\n\n"u8];

    /// <summary>Reads four numbers, none of them negative, with one space between.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UsageNote note)
    {
        note = default;
        Span<int> numbers = stackalloc int[4];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (index > 0)
            {
                if (text.IsEmpty || text[0] != (byte)' ')
                {
                    return false;
                }

                text = text[1..];
            }

            if (!Utf8Parser.TryParse(text, out numbers[index], out var length) || numbers[index] < 0)
            {
                return false;
            }

            text = text[length..];
        }

        note = new UsageNote(numbers[0], numbers[1], numbers[2], numbers[3]);
        return text.IsEmpty;
    }
}
