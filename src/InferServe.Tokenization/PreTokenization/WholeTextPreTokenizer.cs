namespace InferServe.Tokenization.PreTokenization;

/// <summary>A tokenizer without a pre-tokenizer: the whole text is one piece.</summary>
internal sealed class WholeTextPreTokenizer : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink) => sink.Add(text);
}
