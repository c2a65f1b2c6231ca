using System.Text.Json;
using InferServe.Tokenization.Models;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>vocab</c>: an object of tokens and ids, or Unigram's list of tokens and scores, whose places are the ids.</summary>
internal static class VocabularyReader
{
    public static ModelVocabulary Read(JsonNode model, ModelKind kind)
    {
        JsonNode node = model.Get("vocab");
        return kind == ModelKind.Unigram ? ReadList(node) : ReadObject(node);
    }

    private static ModelVocabulary ReadObject(JsonNode node)
    {
        node.Expect(JsonValueKind.Object, "an object");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        foreach (JsonProperty entry in node.Element.EnumerateObject())
        {
            string token = entry.Name;
            int id = new JsonNode(entry.Value, node.File, node.Path).Id();
            if (!ids.TryAdd(token, id))
            {
                throw node.Error($"the token '{token}' stands there twice");
            }

            if (!tokens.TryAdd(id, token))
            {
                throw node.Error($"the tokens '{tokens[id]}' and '{token}' have the same id {id}");
            }
        }

        return new ModelVocabulary(ids, tokens);
    }

    private static ModelVocabulary ReadList(JsonNode node)
    {
        node.Expect(JsonValueKind.Array, "an array");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        foreach (JsonNode entry in node.Items())
        {
            if (tokens.Count > TokenizerLimits.HighestId)
            {
                throw node.Error($"a vocabulary has at most {TokenizerLimits.HighestId + 1} tokens");
            }

            entry.Expect(JsonValueKind.Array, "a token and its score");
            string token = entry.Element.GetArrayLength() == 2 && entry.Element[0].ValueKind == JsonValueKind.String
                ? entry.Element[0].GetString()!
                : throw entry.Error("a token and its score are expected");
            ids[token] = tokens.Count;
            tokens.Add(tokens.Count, token);
        }

        return new ModelVocabulary(ids, tokens);
    }
}
