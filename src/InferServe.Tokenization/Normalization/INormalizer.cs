namespace InferServe.Tokenization.Normalization;

/// <summary>The first step of encoding: rewrites the text between added tokens. Thread-safe.</summary>
internal interface INormalizer
{
    /// <summary>The normalized text.</summary>
    NormalizedText Normalize(NormalizedText text);
}
