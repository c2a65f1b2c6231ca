using InferServe.Tokenization.PostProcessing;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>post_processor</c>. Only what it does to a single text matters here; pairs of texts are not encoded.</summary>
internal static class PostProcessorReader
{
    private const string Supported = "null, ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing, Sequence";

    public static SpecialTokenFrame Read(JsonNode? node)
    {
        SpecialTokenFrame frame = SpecialTokenFrame.None;
        foreach (JsonNode part in node is { } root ? SequenceParts.Flatten(root, "processors") : [])
        {
            SpecialTokenFrame next = ReadPart(part);
            if (frame.HasTokens && next != SpecialTokenFrame.None)
            {
                throw part.Unsupported("a second processor that adds tokens or repeats the text", "one of them");
            }

            frame = next == SpecialTokenFrame.None ? frame : next;
        }

        return frame;
    }

    private static SpecialTokenFrame ReadPart(JsonNode node)
    {
        string type = node.Type();
        return type switch
        {
            // It only trims offsets, which are not computed here.
            "ByteLevel" => SpecialTokenFrame.None,
            "TemplateProcessing" => ReadTemplate(node),
            "BertProcessing" or "RobertaProcessing" => new SpecialTokenFrame([[PairId(node.Get("cls"))], null, [PairId(node.Get("sep"))]]),
            _ => throw node.Unsupported($"the post-processor '{type}'", Supported),
        };
    }

    private static SpecialTokenFrame ReadTemplate(JsonNode processor)
    {
        var parts = new List<IReadOnlyList<int>?>();
        foreach (JsonNode piece in SequenceParts.Of(processor, "single"))
        {
            if (piece.Find("SpecialToken") is { } token)
            {
                parts.Add(IdsOf(processor, token.Get("id")));
                continue;
            }

            JsonNode sequence = piece.Get("Sequence").Get("id");
            parts.Add(sequence.String() == "A" ? null : throw sequence.Unsupported($"the sequence '{sequence.String()}' in a template for one text", "A"));
        }

        return new SpecialTokenFrame(parts);
    }

    private static int[] IdsOf(JsonNode processor, JsonNode name) => processor.Get("special_tokens").Find(name.String()) is { } token
        ? [.. SequenceParts.Of(token, "ids").Select(static id => id.Id())]
        : throw name.Error($"'{name.String()}' is not among special_tokens");

    private static int PairId(JsonNode node) => node.Items().ToArray() is [var token, var id] && token.String().Length > 0
        ? id.Id()
        : throw node.Error("a token and its id are expected");
}
