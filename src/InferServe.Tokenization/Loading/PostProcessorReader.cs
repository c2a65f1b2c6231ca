using InferServe.Tokenization.PostProcessing;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>post_processor</c>. Only what it does to a single text matters here; pairs of texts are not encoded.</summary>
internal static class PostProcessorReader
{
    private const string Supported = "null, ByteLevel, TemplateProcessing, Sequence";

    public static SpecialTokenFrame Read(JsonNode? node)
    {
        if (node is not { } processor)
        {
            return SpecialTokenFrame.None;
        }

        string type = processor.Type();
        return type switch
        {
            // It only trims offsets, which are not computed here.
            "ByteLevel" => SpecialTokenFrame.None,
            "TemplateProcessing" => ReadTemplate(processor),
            "Sequence" => SequenceParts.Of(processor, "processors")
                .Aggregate(SpecialTokenFrame.None, static (frame, part) => frame.Within(Read(part))),
            _ => throw processor.Unsupported($"the post-processor '{type}'", Supported),
        };
    }

    private static SpecialTokenFrame ReadTemplate(JsonNode processor)
    {
        JsonNode single = processor.Get("single");
        var before = new List<int>();
        var after = new List<int>();
        bool isTextSeen = false;
        foreach (JsonNode piece in single.Items())
        {
            if (piece.Find("SpecialToken") is { } token)
            {
                (isTextSeen ? after : before).AddRange(IdsOf(processor, token.Get("id")));
            }
            else if (!isTextSeen && piece.Get("Sequence").Get("id").String() == "A")
            {
                isTextSeen = true;
            }
            else
            {
                throw piece.Unsupported("this template", "special tokens around the sequence A once");
            }
        }

        return isTextSeen ? new SpecialTokenFrame(before, after) : throw single.Error("the template lacks the sequence A");
    }

    private static IEnumerable<int> IdsOf(JsonNode processor, JsonNode name) =>
        processor.Get("special_tokens").Find(name.String()) is { } token
            ? token.Get("ids").Items().Select(static id => id.Id())
            : throw name.Error($"'{name.String()}' is not among special_tokens");
}
