using System.Buffers;
using System.Text;
using InferServe.Tokenization.Unicode;

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
        var spaces = default(WhiteSpaceRun);
        int done = 0;
        int searched = 0;
        while (_matcher?.Find(text, searched, out int start, out int length) is { } token)
        {
            int end = searched = start + length;
            if ((token.Special && !parseSpecialTokens) || (token.SingleWord && TouchesWord(text, start, end)))
            {
                continue;
            }

            start = token.LStrip ? Math.Max(start, done) - WhiteSpaceBefore(text[Math.Min(start, done)..start]) : start;
            end = token.RStrip ? spaces.EndFrom(text, end) : end;
            if (done < start)
            {
                segments.Add(new TextSegment(done, start - done, null));
            }

            // A token whose white space the token before it has taken altogether is nothing.
            if (start < end)
            {
                segments.Add(new TextSegment(start, end - start, token.Id));
            }

            done = end;
        }

        if (done < text.Length)
        {
            segments.Add(new TextSegment(done, text.Length - done, null));
        }

        return segments;
    }

    private static bool TouchesWord(ReadOnlySpan<char> text, int start, int end) =>
        (start > 0 && Rune.DecodeLastFromUtf16(text[..start], out Rune before, out _) == OperationStatus.Done && WordCharacters.Contains(before))
        || (end < text.Length && Rune.DecodeFromUtf16(text[end..], out Rune after, out _) == OperationStatus.Done && WordCharacters.Contains(after));

    private static int WhiteSpaceBefore(ReadOnlySpan<char> text) => text.Length - text.TrimEnd().Length;

    /// <summary>Remembers where the last run of white space ends, so that tokens within one run do not each look for its end.</summary>
    private struct WhiteSpaceRun
    {
        private int _start;
        private int _end;

        public int EndFrom(ReadOnlySpan<char> text, int start)
        {
            if (start < _start || start > _end)
            {
                (_start, _end) = (start, text.Length - text[start..].TrimStart().Length);
            }

            return _end;
        }
    }
}
