namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>CTC</c>: repeated tokens count once, padding is left out, and the delimiter of words becomes a space.</summary>
/// <param name="padding">The token that parts equal tokens.</param>
/// <param name="delimiter">The token between words, not empty.</param>
/// <param name="cleansUp">Whether the delimiter is replaced, and spaces before punctuation are left out.</param>
internal sealed class CtcPart(string padding, string delimiter, bool cleansUp) : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next, this);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(Decoded(token));

    private string Decoded(string token)
    {
        token = padding.Length == 0 ? token : token.Replace(padding, string.Empty, StringComparison.Ordinal);
        return cleansUp ? CleanUp.Of(token).Replace(delimiter, " ", StringComparison.Ordinal) : token;
    }

    private sealed class Step(DecodingStep next, CtcPart part) : WholeTokenStep(next)
    {
        private string? _last;

        protected override void Take(string token)
        {
            if (token != _last && part.Decoded(token) is { Length: > 0 } text)
            {
                Pass(text);
            }

            _last = token;
        }
    }
}
