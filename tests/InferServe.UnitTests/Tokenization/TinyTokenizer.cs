using System.Text.Json.Nodes;
using InferServe.Tokenization;
using InferServe.Tokenization.Decoding;

namespace InferServe.UnitTests.Tokenization;

/// <summary>
/// A small <c>tokenizer.json</c>: ids 0 to 255 are the bytes, then come the merges, then the added tokens. A test changes what it is
/// about. Keys in the order of the file's own.
/// </summary>
internal static class TinyTokenizer
{
    public const string QwenPattern = """
        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
        """;

    public const int FirstMerged = 256;

    public static JsonObject Json(params string[] merges)
    {
        var vocabulary = new JsonObject();
        for (int value = 0; value < 256; value++)
        {
            vocabulary.Add(ByteAlphabet.CharacterOf((byte)value).ToString(), value);
        }

        foreach (string merge in merges)
        {
            vocabulary.TryAdd(merge.Replace(" ", null, StringComparison.Ordinal), vocabulary.Count);
        }

        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = Sequence("pretokenizers", Split(QwenPattern), ByteLevel()),
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(static merge => JsonValue.Create(merge))]),
            },
        };
    }

    /// <summary>The JSON with one more added token, whose id is the next free one unless given.</summary>
    public static JsonObject WithAdded(this JsonObject json, string content, params string[] flags)
    {
        var token = new JsonObject
        {
            ["id"] = json["model"]!["vocab"]!.AsObject().Count + json["added_tokens"]!.AsArray().Count,
            ["content"] = content,
        };
        foreach (string flag in new[] { "single_word", "lstrip", "rstrip", "normalized", "special" })
        {
            token[flag] = flags.Contains(flag, StringComparer.Ordinal);
        }

        json["added_tokens"]!.AsArray().Add(token);
        return json;
    }

    /// <summary>The JSON with another value for one of its members.</summary>
    public static JsonObject With(this JsonObject json, string member, JsonNode? value)
    {
        json[member] = value;
        return json;
    }

    /// <summary>The JSON with another value for a member of its model.</summary>
    public static JsonObject WithModel(this JsonObject json, string member, JsonNode? value)
    {
        json["model"]![member] = value;
        return json;
    }

    public static Tokenizer Load(this JsonObject json, string? config = null) => Tokenizer.Parse(json.ToJsonString(), config);

    public static JsonObject Sequence(string member, params JsonNode[] parts) =>
        new() { ["type"] = "Sequence", [member] = new JsonArray(parts) };

    public static JsonObject Split(string regex, string behavior = "Isolated", bool invert = false) => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = regex },
        ["behavior"] = behavior,
        ["invert"] = invert,
    };

    public static JsonObject ByteLevel(bool addPrefixSpace = false, bool useRegex = false) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = addPrefixSpace,
        ["trim_offsets"] = true,
        ["use_regex"] = useRegex,
    };

    /// <summary>The tokens of a text, each as its text, with bars between them.</summary>
    public static string Tokens(this Tokenizer tokenizer, string text, bool addSpecialTokens = false, bool parseSpecialTokens = true) =>
        string.Join('|', tokenizer.Encode(text, addSpecialTokens, parseSpecialTokens).Select(id => tokenizer.Decode([id], skipSpecialTokens: false)));
}
