using InferServe.Tokenization.Normalization;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormalizerReader
{
    private const string Supported = "null, NFC, NFD, NFKC, NFKD, Sequence";

    public static INormalizer Read(JsonNode? node)
    {
        if (node is not { } normalizer)
        {
            return new SequenceNormalizer([]);
        }

        string type = normalizer.Type();
        return type switch
        {
            "NFC" => new UnicodeNormalizer(compose: true, compatibility: false),
            "NFD" => new UnicodeNormalizer(compose: false, compatibility: false),
            "NFKC" => new UnicodeNormalizer(compose: true, compatibility: true),
            "NFKD" => new UnicodeNormalizer(compose: false, compatibility: true),
            "Sequence" => new SequenceNormalizer([.. SequenceParts.Of(normalizer, "normalizers").Select(static part => Read(part))]),
            _ => throw normalizer.Unsupported($"the normalizer '{type}'", Supported),
        };
    }
}
