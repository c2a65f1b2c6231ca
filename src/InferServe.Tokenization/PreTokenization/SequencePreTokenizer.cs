namespace InferServe.Tokenization.PreTokenization;

/// <summary>Two pre-tokenizers in a row: the second cuts the pieces of the first. Longer sequences are nested.</summary>
internal sealed class SequencePreTokenizer(IPreTokenizer first, IPreTokenizer second) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink) => first.Split(text, new SecondStage(second, sink));

    private sealed class SecondStage(IPreTokenizer next, IPieceSink sink) : IPieceSink
    {
        public void Add(TextPiece piece) => next.Split(piece, sink);
    }
}
