namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>Prepend</c>: puts something before each text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text) => text.Text.Length == 0
        ? text
        : new NormalizedText(prefix + text.Text, text.AtStart == 0 ? 0 : text.AtStart + prefix.Length);
}
