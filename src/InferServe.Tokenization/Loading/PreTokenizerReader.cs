using System.Text;
using InferServe.Tokenization.PreTokenization;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
/// <param name="PreTokenizer">The pre-tokenizer.</param>
/// <param name="LeavesBytesToModel">Whether the step from text to bytes is left to the model.</param>
internal sealed record PreTokenizerReader(IPreTokenizer PreTokenizer, bool LeavesBytesToModel)
{
    private const string ByteLevel = "ByteLevel";
    private const string Supported =
        "ByteLevel, Whitespace, WhitespaceSplit, BertPreTokenizer, Metaspace, Split, Punctuation, CharDelimiterSplit, Digits, UnicodeScripts, FixedLength, Sequence";

    /// <param name="node">The description; null when there is no pre-tokenizer.</param>
    /// <param name="modelReadsBytes">Whether the model can read the bytes of text itself.</param>
    public static PreTokenizerReader Read(JsonNode? node, bool modelReadsBytes)
    {
        JsonNode[] parts = node is { } root ? [.. SequenceParts.Flatten(root, "pretokenizers")] : [];
        if (parts.Length == 0)
        {
            return new PreTokenizerReader(new WholeTextPreTokenizer(), false);
        }

        bool leavesBytes = modelReadsBytes && parts[^1].Type() == ByteLevel;
        return new PreTokenizerReader(
            parts.Select((part, index) => ReadPart(part, leavesBytes && index == parts.Length - 1))
                .Reverse().Aggregate(static (rest, part) => new SequencePreTokenizer(part, rest)),
            leavesBytes);
    }

    private static IPreTokenizer ReadPart(JsonNode node, bool leavesBytes)
    {
        string type = node.Type();
        return type switch
        {
            ByteLevel => new ByteLevelPreTokenizer(node.Get("add_prefix_space").Bool(), node.Flag("use_regex", true), !leavesBytes),
            "Whitespace" => new WhitespacePreTokenizer(),
            "WhitespaceSplit" => new CharacterPreTokenizer(Rune.IsWhiteSpace, SplitBehavior.Removed),
            "BertPreTokenizer" => new BertPreTokenizer(),
            "Metaspace" => ReadMetaspace(node),
            "Split" => new SplitPreTokenizer(PatternNodeReader.Read(node.Get("pattern")), Behavior(node.Get("behavior")), node.Flag("invert", false)),
            "Punctuation" => ReadPunctuation(node),
            "CharDelimiterSplit" => ReadDelimiter(node),
            "Digits" => new CharacterPreTokenizer(
                Rune.IsNumber, node.Get("individual_digits").Bool() ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
            "UnicodeScripts" => new UnicodeScriptsPreTokenizer(),
            "FixedLength" => new FixedLengthPreTokenizer(node.Find("length")?.Count(1) ?? 5),
            _ => throw node.Unsupported($"the pre-tokenizer '{type}'", Supported),
        };
    }

    private static MetaspacePreTokenizer ReadMetaspace(JsonNode node) =>
        new(node.Get("replacement").Character(), MetaspaceScheme.Of(node), node.Flag("split", true));

    private static CharacterPreTokenizer ReadPunctuation(JsonNode node) => new(
        static rune => CharacterSet.Punctuation.Contains(rune.Value),
        node.Find("behavior") is { } behavior ? Behavior(behavior) : SplitBehavior.Isolated);

    private static CharacterPreTokenizer ReadDelimiter(JsonNode node)
    {
        Rune delimiter = node.Get("delimiter").Character();
        return new CharacterPreTokenizer(rune => rune == delimiter, SplitBehavior.Removed);
    }

    private static SplitBehavior Behavior(JsonNode node)
    {
        string name = node.String();
        return Enum.GetNames<SplitBehavior>().Contains(name, StringComparer.Ordinal)
            ? Enum.Parse<SplitBehavior>(name)
            : throw node.Unsupported($"the behavior '{name}'", string.Join(", ", Enum.GetNames<SplitBehavior>()));
    }
}
