namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>BPEDecoder</c>: the suffix that ends a word becomes a space, in the last token nothing.</summary>
/// <param name="suffix">The suffix, not empty.</param>
internal sealed class BpePart(string suffix) : IDecoderPart
{
    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next, suffix);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(token.Replace(suffix, " ", StringComparison.Ordinal));

    private sealed class Step(DecodingStep next, string suffix) : WholeTokenStep(next)
    {
        // The last token cannot be told from others before the next one or the end comes.
        private string? _last;

        public override void Finish()
        {
            PassLast(string.Empty);
            base.Finish();
        }

        protected override void Take(string token)
        {
            PassLast(" ");
            _last = token;
        }

        private void PassLast(string replacement)
        {
            if (_last is { } token)
            {
                Pass(token.Replace(suffix, replacement, StringComparison.Ordinal));
                _last = null;
            }
        }
    }
}
