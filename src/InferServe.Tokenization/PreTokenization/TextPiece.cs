namespace InferServe.Tokenization.PreTokenization;

/// <summary>A piece of a text on its way through the pre-tokenizers.</summary>
/// <param name="text">The piece, without unpaired surrogates; valid during the call that it is given to.</param>
/// <param name="atStart">How many UTF-16 units at its beginning stem from the first character of the whole given text.</param>
internal readonly ref struct TextPiece(ReadOnlySpan<char> text, int atStart)
{
    public ReadOnlySpan<char> Text { get; } = text;

    public int AtStart { get; } = atStart;

    /// <summary>A part of this piece.</summary>
    public TextPiece Slice(int start, int end) => new(Text[start..end], Math.Max(0, AtStart - start));
}
