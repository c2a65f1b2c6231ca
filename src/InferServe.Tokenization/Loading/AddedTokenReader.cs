using InferServe.Tokenization.AddedTokens;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>added_tokens</c>.</summary>
internal static class AddedTokenReader
{
    /// <summary>Reads the added tokens, which must agree with each other and with the model's tokens about ids.</summary>
    public static IReadOnlyList<AddedToken> Read(JsonNode? list, Dictionary<string, int> modelTokens)
    {
        if (list is null)
        {
            return [];
        }

        Dictionary<int, string> contents = modelTokens.ToDictionary(static entry => entry.Value, static entry => entry.Key);
        var ids = new Dictionary<string, int>(modelTokens, StringComparer.Ordinal);
        var tokens = new List<AddedToken>();
        foreach (JsonNode node in list.Value.Items())
        {
            AddedToken token = ReadToken(node);

            // The reference ignores empty tokens too; nothing could ever be one.
            if (token.Content.Length == 0)
            {
                continue;
            }

            if (!ids.TryAdd(token.Content, token.Id) && ids[token.Content] != token.Id)
            {
                throw node.Error($"the token '{token.Content}' has the id {token.Id} here and {ids[token.Content]} elsewhere");
            }

            if (!contents.TryAdd(token.Id, token.Content) && contents[token.Id] != token.Content)
            {
                throw node.Error($"the tokens '{contents[token.Id]}' and '{token.Content}' have the same id {token.Id}");
            }

            tokens.Add(token);
        }

        return tokens;
    }

    private static AddedToken ReadToken(JsonNode node)
    {
        string content = node.Get("content").String();
        if (content.Length > TokenizerLimits.AddedTokenLength)
        {
            throw node.Error($"an added token has at most {TokenizerLimits.AddedTokenLength} characters, not {content.Length}");
        }

        bool special = node.Flag("special", false);
        return new AddedToken
        {
            Id = node.Get("id").Id(),
            Content = content,
            Special = special,
            LStrip = node.Flag("lstrip", false),
            RStrip = node.Flag("rstrip", false),
            SingleWord = node.Flag("single_word", false),
            Normalized = node.Flag("normalized", !special),
        };
    }
}
