using InferServe.Tokenization.PreTokenization;
using InferServe.Tokenization.PreTokenization.Patterns;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerReader
{
    private const string Supported = "Split, Digits, Sequence, and ByteLevel as the last part";

    public static IPreTokenizer Read(JsonNode root)
    {
        JsonNode node = root.Find("pre_tokenizer")
            ?? throw root.Unsupported("a BPE model without a ByteLevel pre-tokenizer (SentencePiece-style)", Supported);
        IReadOnlyList<JsonNode> parts = [.. Flatten(node)];
        if (parts.Count == 0 || parts[^1].Type() != "ByteLevel")
        {
            throw node.Unsupported("a BPE model without ByteLevel as its last pre-tokenizer", Supported);
        }

        if (parts.SkipLast(1).FirstOrDefault(static part => part.Type() == "ByteLevel") is { File: not null } early)
        {
            throw early.Unsupported("ByteLevel before another pre-tokenizer", Supported);
        }

        return parts.Select(ReadPart).Reverse().Aggregate(static (rest, part) => new SequencePreTokenizer(part, rest));
    }

    private static IEnumerable<JsonNode> Flatten(JsonNode node) =>
        node.Type() == "Sequence" ? SequenceParts.Of(node, "pretokenizers").SelectMany(Flatten) : [node];

    private static IPreTokenizer ReadPart(JsonNode node)
    {
        string type = node.Type();
        return type switch
        {
            "ByteLevel" => new ByteLevelPreTokenizer(node.Get("add_prefix_space").Bool(), node.Flag("use_regex", true)),
            "Digits" => new DigitsPreTokenizer(node.Get("individual_digits").Bool()),
            "Split" => ReadSplit(node),
            _ => throw node.Unsupported($"the pre-tokenizer '{type}'", Supported),
        };
    }

    private static SplitPreTokenizer ReadSplit(JsonNode node)
    {
        JsonNode behaviorNode = node.Get("behavior");
        string name = behaviorNode.String();
        if (!Enum.GetNames<SplitBehavior>().Contains(name, StringComparer.Ordinal))
        {
            throw behaviorNode.Unsupported($"the behavior '{name}'", string.Join(", ", Enum.GetNames<SplitBehavior>()));
        }

        return new SplitPreTokenizer(ReadPattern(node.Get("pattern")), Enum.Parse<SplitBehavior>(name), node.Flag("invert", false));
    }

    private static ITextPattern ReadPattern(JsonNode node)
    {
        if (node.Find("String") is { } literal)
        {
            return literal.String().Length > 0 ? new LiteralPattern(literal.String()) : throw literal.Error("a pattern is not empty");
        }

        JsonNode expression = node.Find("Regex") ?? throw node.Unsupported("this pattern", "String, Regex");
        try
        {
            return RegexPattern.Create(expression.String());
        }
        catch (PatternException exception)
        {
            throw expression.Error(exception.Message.TrimEnd('.'), exception);
        }
    }
}
