using InferServe.Tokenization.PreTokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>Split</c>: cuts at the matches of a pattern.</summary>
internal sealed class SplitPreTokenizer(ITextPattern pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        var splitter = new PieceSplitter(text, behavior, invert, sink);
        pattern.FindAll(text, ref splitter);
        splitter.Finish();
    }
}
