namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>A tokenizer without a decoder: the tokens with spaces between them.</summary>
internal sealed class JoinPart : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next, continuesText);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(" " + token);

    private sealed class Step(DecodingStep next, bool continuesText) : WholeTokenStep(next)
    {
        private bool _isFirst = !continuesText;

        protected override void Take(string token)
        {
            Pass(_isFirst ? token : " " + token);
            _isFirst = false;
        }
    }
}
