using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>BertPreTokenizer</c>: words between white space, each punctuation character by itself.</summary>
internal sealed class BertPreTokenizer : IPreTokenizer
{
    private static readonly SequencePreTokenizer Parts = new(
        new CharacterPreTokenizer(Rune.IsWhiteSpace, SplitBehavior.Removed),
        new CharacterPreTokenizer(static rune => CharacterSet.Punctuation.Contains(rune.Value), SplitBehavior.Isolated));

    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink) => Parts.Split(text, sink);
}
