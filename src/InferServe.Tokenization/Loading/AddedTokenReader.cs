using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Models;
using InferServe.Tokenization.Normalization;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>added_tokens</c>.</summary>
internal static class AddedTokenReader
{
    /// <summary>Reads the added tokens, which must agree with each other and with the model's tokens about ids.</summary>
    public static IReadOnlyList<AddedToken> Read(JsonNode? list, ModelVocabulary model, INormalizer normalizer)
    {
        if (list is null)
        {
            return [];
        }

        var contents = new Dictionary<int, string>(model.Tokens);
        var ids = new Dictionary<string, int>(model.Ids, StringComparer.Ordinal);
        var tokens = new Dictionary<int, AddedToken>();
        foreach (JsonNode node in list.Value.Items())
        {
            AddedToken token = ReadToken(node, normalizer);

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

            // Of two entries for one token the last counts, but special remains special.
            bool wasSpecial = tokens.TryGetValue(token.Id, out AddedToken? before) && before.Special;
            tokens[token.Id] = token with { Special = token.Special || wasSpecial };
        }

        return [.. tokens.Values];
    }

    private static AddedToken ReadToken(JsonNode node, INormalizer normalizer)
    {
        string content = node.Get("content").String();
        if (content.Length > TokenizerLimits.AddedTokenLength)
        {
            throw node.Error($"an added token has at most {TokenizerLimits.AddedTokenLength} characters, not {content.Length}");
        }

        bool special = node.Flag("special", false);
        bool normalized = node.Flag("normalized", !special);
        string pattern = normalized ? normalizer.Normalize(NormalizedText.Of(content, isAtStart: true)).Text : content;
        if (pattern.Length == 0 && content.Length > 0)
        {
            throw node.Unsupported($"the token '{content}', of which the normalizer leaves nothing to look for,", "\"normalized\": false for such tokens");
        }

        return new AddedToken
        {
            Id = node.Get("id").Id(),
            Content = content,
            Special = special,
            LStrip = node.Flag("lstrip", false),
            RStrip = node.Flag("rstrip", false),
            SingleWord = node.Flag("single_word", false),
            Normalized = normalized,
            Pattern = pattern,
        };
    }
}
