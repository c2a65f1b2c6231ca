using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>Split</c>: cuts at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        var splitter = new PieceSplitter(text, behavior, invert, sink);
        pattern.FindAll(text.Text, ref splitter);
        splitter.Finish();
    }
}
