using System.Text;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>
/// Cuts at characters of one kind: the pre-tokenizers <c>Digits</c>, <c>Punctuation</c>, <c>WhitespaceSplit</c> and
/// <c>CharDelimiterSplit</c>.
/// </summary>
/// <param name="isMatch">Whether a character is of the kind.</param>
/// <param name="behavior">What becomes of such characters.</param>
internal sealed class CharacterPreTokenizer(Func<Rune, bool> isMatch, SplitBehavior behavior) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        var splitter = new PieceSplitter(text, behavior, invert: false, sink);
        int at = 0;
        foreach (Rune rune in text.Text.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            if (isMatch(rune))
            {
                splitter.Match(at, end);
            }

            at = end;
        }

        splitter.Finish();
    }
}
