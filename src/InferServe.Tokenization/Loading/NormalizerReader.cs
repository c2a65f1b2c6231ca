using InferServe.Tokenization.Normalization;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormalizerReader
{
    private const string Supported =
        "null, NFC, NFD, NFKC, NFKD, Lowercase, Strip, StripAccents, Nmt, Precompiled, Replace, Prepend, ByteLevel, BertNormalizer, Sequence";

    public static INormalizer Read(JsonNode? node)
    {
        INormalizer[] parts = node is { } root ? [.. SequenceParts.Flatten(root, "normalizers").Select(ReadPart)] : [];
        return parts is [var only] ? only : new SequenceNormalizer(parts);
    }

    private static INormalizer ReadPart(JsonNode node)
    {
        string type = node.Type();
        return type switch
        {
            "NFC" => new UnicodeNormalizer(compose: true, compatibility: false),
            "NFD" => new UnicodeNormalizer(compose: false, compatibility: false),
            "NFKC" => new UnicodeNormalizer(compose: true, compatibility: true),
            "NFKD" => new UnicodeNormalizer(compose: false, compatibility: true),
            "Lowercase" => new LowercaseNormalizer(),
            "Strip" => new StripNormalizer(node.Get("strip_left").Bool(), node.Get("strip_right").Bool()),
            "StripAccents" => new StripAccentsNormalizer(),
            "Nmt" => new NmtNormalizer(),
            "Precompiled" => ReadPrecompiled(node.Get("precompiled_charsmap")),
            "Replace" => new ReplaceNormalizer(PatternNodeReader.Read(node.Get("pattern")), node.Get("content").Literal()),
            "Prepend" => new PrependNormalizer(node.Get("prepend").Literal()),
            "ByteLevel" => new ByteLevelNormalizer(),
            "BertNormalizer" => ReadBert(node),
            _ => throw node.Unsupported($"the normalizer '{type}'", Supported),
        };
    }

    private static INormalizer ReadBert(JsonNode node)
    {
        bool lowercase = node.Get("lowercase").Bool();
        return BertNormalizer.Create(
            node.Get("clean_text").Bool(), node.Get("handle_chinese_chars").Bool(), node.Flag("strip_accents", lowercase), lowercase);
    }

    private static PrecompiledNormalizer ReadPrecompiled(JsonNode node)
    {
        byte[] content;
        try
        {
            content = Convert.FromBase64String(node.String());
        }
        catch (FormatException exception)
        {
            throw node.Error("this is no base64", exception);
        }

        return new PrecompiledNormalizer(CharacterMap.Read(content) ?? throw node.Error("the compiled rules are shorter than they say"));
    }
}
