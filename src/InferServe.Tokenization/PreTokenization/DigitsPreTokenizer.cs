using System.Text;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>Digits</c>: parts numbers (Unicode category N) from other text.</summary>
/// <param name="individual">True: each digit is a piece; false: each run of digits is.</param>
internal sealed class DigitsPreTokenizer(bool individual) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        var splitter = new PieceSplitter(text, individual ? SplitBehavior.Isolated : SplitBehavior.Contiguous, invert: false, sink);
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            if (Rune.IsNumber(rune))
            {
                splitter.Match(at, end);
            }

            at = end;
        }

        splitter.Finish();
    }
}
