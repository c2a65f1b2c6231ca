using System.Buffers;
using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.AddedTokens;

/// <summary>
/// Splits a text at the added tokens in it, with the rules of Hugging Face tokenizers: a token that may not stand here (special, or
/// within a word) is passed over as a whole; white space that a token takes is not given to another token before it.
/// </summary>
internal sealed class AddedTokenSplitter
{
    private readonly AddedTokenMatcher? _matcher;

    /// <param name="tokens">What to look for and the tokens that it stands for.</param>
    public AddedTokenSplitter(IReadOnlyCollection<(string Content, AddedToken Token)> tokens) =>
        _matcher = tokens.Count == 0 ? null : new AddedTokenMatcher(tokens);

    /// <summary>The parts of the text in their order, none of them an empty text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parseSpecialTokens">False: special tokens are ordinary text.</param>
    public IReadOnlyList<TextSegment> Split(ReadOnlySpan<char> text, bool parseSpecialTokens)
    {
        var segments = new List<TextSegment>();
        int done = 0;
        int searched = 0;
        while (_matcher?.Find(text, searched, out int start, out int length) is { } token)
        {
            int end = searched = start + length;
            if ((token.Special && !parseSpecialTokens) || (token.SingleWord && TouchesWord(text, start, end)))
            {
                continue;
            }

            start = token.LStrip ? Math.Max(text[..start].TrimEnd().Length, done) : start;
            end = token.RStrip ? text.Length - text[end..].TrimStart().Length : end;
            if (done < start)
            {
                segments.Add(new TextSegment(done, start - done, null));
            }

            segments.Add(new TextSegment(start, end - start, token.Id));
            done = end;
        }

        if (done < text.Length)
        {
            segments.Add(new TextSegment(done, text.Length - done, null));
        }

        return segments;
    }

    private static bool TouchesWord(ReadOnlySpan<char> text, int start, int end) =>
        (start > 0 && Rune.DecodeLastFromUtf16(text[..start], out Rune before, out _) == OperationStatus.Done && IsWord(before))
        || (end < text.Length && Rune.DecodeFromUtf16(text[end..], out Rune after, out _) == OperationStatus.Done && IsWord(after));

    /// <summary>Word characters of Unicode's regular expressions (UTS 18, annex C): alphabetic characters, among them circled and
    /// squared Latin letters, marks, decimal digits, connectors and the two joiners.</summary>
    private static bool IsWord(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
