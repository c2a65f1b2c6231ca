namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>Fuse</c>: makes one token of all.</summary>
internal sealed class FusePart : IDecoderPart
{
    /// <inheritdoc/>
    public bool Fuses => true;

    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(token);

    private sealed class Step(DecodingStep next) : DecodingStep(next)
    {
        public override void Write(string text) => Next.Write(text);

        public override void EndToken()
        {
        }

        public override void Finish()
        {
            Next.EndToken();
            Next.Finish();
        }
    }
}
