using InferServe.Tokenization.Decoding;
using InferServe.Tokenization.Decoding.Steps;
using InferServe.Tokenization.PreTokenization;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>decoder</c>.</summary>
internal static class DecoderReader
{
    private const string ByteLevel = "ByteLevel";
    private const string Supported = "null, ByteLevel, Replace, ByteFallback, Fuse, Strip, Metaspace, WordPiece, BPEDecoder, CTC, Sequence";

    public static ITokenDecoder Read(JsonNode? node)
    {
        if (node is not { } root)
        {
            return new ChainDecoder([new JoinPart()]);
        }

        JsonNode[] parts = [.. SequenceParts.Flatten(root, "decoders")];
        return parts is [var only] && only.Type() == ByteLevel ? new ByteLevelDecoder() : new ChainDecoder([.. parts.Select(ReadPart)]);
    }

    private static IDecoderPart ReadPart(JsonNode node)
    {
        string type = node.Type();
        return type switch
        {
            ByteLevel => new ByteLevelPart(),
            "Replace" => new ReplacePart(PatternNodeReader.Read(node.Get("pattern")), node.Get("content").Literal()),
            "ByteFallback" => new ByteFallbackPart(),
            "Fuse" => new FusePart(),
            "Strip" => new StripPart(node.Get("content").Character(), node.Get("start").Count(), node.Get("stop").Count()),
            "Metaspace" => new MetaspacePart(node.Get("replacement").Character(), MetaspaceScheme.Of(node) != PrependScheme.Never),
            "WordPiece" => new WordPiecePart(node.Get("prefix").Literal(), node.Get("cleanup").Bool()),
            "BPEDecoder" => new BpePart(NotEmpty(node.Get("suffix"))),
            "CTC" => new CtcPart(node.Get("pad_token").Literal(), NotEmpty(node.Get("word_delimiter_token")), node.Get("cleanup").Bool()),
            _ => throw node.Unsupported($"the decoder '{type}'", Supported),
        };
    }

    private static string NotEmpty(JsonNode node) => node.Literal().Length > 0 ? node.Literal() : throw node.Error("this must not be empty");
}
