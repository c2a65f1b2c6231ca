namespace InferServe.Tokenization.Normalization;

/// <summary>Normalizers one after the other; without any, the text stays as it is.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<INormalizer> parts) : INormalizer
{
    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        foreach (INormalizer part in parts)
        {
            text = part.Normalize(text);
        }

        return text;
    }
}
