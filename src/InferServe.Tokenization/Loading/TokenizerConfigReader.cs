using System.Text.Json;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>tokenizer_config.json</c>.</summary>
internal static class TokenizerConfigReader
{
    private const string DefaultTemplate = "default";

    public static TokenizerConfig Read(JsonNode root) => new()
    {
        BosToken = Token(root.Find("bos_token")),
        EosToken = Token(root.Find("eos_token")),
        PadToken = Token(root.Find("pad_token")),
        UnkToken = Token(root.Find("unk_token")),
        AddBosToken = root.Find("add_bos_token")?.Bool(),
        ChatTemplates = Templates(root.Find("chat_template")),
    };

    /// <summary>A token's content, which is given as a string or in an object.</summary>
    private static string? Token(JsonNode? node) =>
        node is { Element.ValueKind: JsonValueKind.Object } token ? token.Get("content").String() : node?.String();

    private static Dictionary<string, string> Templates(JsonNode? node)
    {
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        if (node is { Element.ValueKind: JsonValueKind.String } single)
        {
            templates.Add(DefaultTemplate, single.String());
        }
        else if (node is { } list)
        {
            foreach (JsonNode item in list.Items())
            {
                string name = item.Get("name").String();
                if (!templates.TryAdd(name, item.Get("template").String()))
                {
                    throw item.Error($"there are two templates named '{name}'");
                }
            }
        }

        return templates;
    }
}
