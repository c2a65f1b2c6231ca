namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>WordPiece</c>: tokens with the prefix continue a word, others begin one after a space.</summary>
/// <param name="prefix">What tokens within a word begin with.</param>
/// <param name="cleansUp">Whether spaces before punctuation and parts of English contractions are left out.</param>
internal sealed class WordPiecePart(string prefix, bool cleansUp) : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next, this, !continuesText);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(isFused ? token : Decoded(token, isFirst: false));

    private string Decoded(string token, bool isFirst)
    {
        if (!isFirst)
        {
            token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
        }

        return cleansUp ? CleanUp.Of(token) : token;
    }

    private sealed class Step(DecodingStep next, WordPiecePart part, bool beginsText) : WholeTokenStep(next)
    {
        private bool _isFirst = beginsText;

        protected override void Take(string token)
        {
            Pass(part.Decoded(token, _isFirst));
            _isFirst = false;
        }
    }
}
