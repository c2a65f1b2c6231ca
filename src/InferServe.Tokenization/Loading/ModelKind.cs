namespace InferServe.Tokenization.Loading;

/// <summary>The kinds of models.</summary>
internal enum ModelKind
{
    Bpe,
    Unigram,
    WordPiece,
    WordLevel,
}
