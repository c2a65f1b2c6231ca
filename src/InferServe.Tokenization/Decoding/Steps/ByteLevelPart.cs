namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>ByteLevel</c> among others: makes one token of the bytes of all.</summary>
internal sealed class ByteLevelPart : IDecoderPart
{
    /// <inheritdoc/>
    public bool Fuses => true;

    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(ByteAlphabet.BytesOf(token));

    private sealed class Step(DecodingStep next) : WholeTokenStep(next)
    {
        private readonly Utf8Stream _stream = new();

        public override void Finish()
        {
            Next.Write(_stream.Flush());
            Next.EndToken();
            Next.Finish();
        }

        protected override void Take(string token) => Next.Write(_stream.Append(ByteAlphabet.BytesOf(token)));
    }
}
