using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>decoder</c>.</summary>
internal static class DecoderReader
{
    private const string Supported = "ByteLevel, or a Sequence of it";

    public static ITokenDecoder Read(JsonNode root)
    {
        JsonNode decoder = root.Find("decoder") ?? throw root.Unsupported("a tokenizer without a decoder", Supported);
        return ReadPart(decoder);
    }

    private static ByteLevelDecoder ReadPart(JsonNode decoder)
    {
        string type = decoder.Type();
        if (type == "Sequence" && SequenceParts.Of(decoder, "decoders") is [var only])
        {
            return ReadPart(only);
        }

        return type == "ByteLevel" ? new ByteLevelDecoder() : throw decoder.Unsupported($"the decoder '{type}'", Supported);
    }
}
