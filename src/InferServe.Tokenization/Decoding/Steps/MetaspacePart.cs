using System.Text;

namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>The decoder <c>Metaspace</c>: makes spaces of the character that stands for them, and nothing of those in the first token.</summary>
/// <param name="replacement">The character that stands for a space.</param>
/// <param name="strips">Whether those in the first token are left out.</param>
internal sealed class MetaspacePart(Rune replacement, bool strips) : IDecoderPart
{
    private readonly string _replacement = replacement.ToString();

    /// <inheritdoc/>
    public DecodingStep Start(DecodingStep next, bool continuesText) => new Step(next, _replacement, strips && !continuesText);

    /// <inheritdoc/>
    public DecodedToken InMiddle(string token, bool isFused) => DecodedToken.Of(token.Replace(_replacement, " ", StringComparison.Ordinal));

    private sealed class Step(DecodingStep next, string replacement, bool stripsNext) : DecodingStep(next)
    {
        private bool _strips = stripsNext;

        public override void Write(string text) =>
            Next.Write(text.Replace(replacement, _strips ? string.Empty : " ", StringComparison.Ordinal));

        public override void EndToken()
        {
            _strips = false;
            Next.EndToken();
        }
    }
}
