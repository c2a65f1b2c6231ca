namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>Strip</c>: takes white space from the ends of each text.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        int start = left ? text.Text.Length - text.Text.AsSpan().TrimStart().Length : 0;
        string stripped = text.Text[start..];
        stripped = right ? stripped.TrimEnd() : stripped;
        return new NormalizedText(stripped, Math.Clamp(text.AtStart - start, 0, stripped.Length));
    }
}
