using System.Text.Json;
using InferServe.Tokenization.Models.ByteLevelBpe;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type BPE that is used at byte level.</summary>
internal static class ByteLevelBpeReader
{
    private const string Supported = "BPE over bytes (without byte_fallback, dropout, continuing_subword_prefix and end_of_word_suffix)";

    /// <summary>Reads the model's tokens and their ids.</summary>
    public static Dictionary<string, int> ReadVocabulary(JsonNode model)
    {
        RequireSupported(model);
        JsonNode vocabulary = model.Get("vocab");
        vocabulary.Expect(JsonValueKind.Object, "an object");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        foreach (JsonProperty entry in vocabulary.Element.EnumerateObject())
        {
            int id = new JsonNode(entry.Value, model.File, vocabulary.Path).Id();
            string token = entry.Name;
            if (!ids.TryAdd(token, id))
            {
                throw vocabulary.Error($"the token '{token}' stands there twice");
            }

            if (!tokens.TryAdd(id, token))
            {
                throw vocabulary.Error($"the tokens '{tokens[id]}' and '{token}' have the same id {id}");
            }
        }

        return ids;
    }

    /// <summary>Reads the model.</summary>
    public static ByteLevelBpeModel Read(JsonNode model, Dictionary<string, int> vocabulary)
    {
        JsonNode list = model.Get("merges");
        list.Expect(JsonValueKind.Array, "an array");
        var merges = new MergeTable(list.Element.GetArrayLength());
        int rank = 0;
        foreach (JsonElement element in list.Element.EnumerateArray())
        {
            (string left, string right) = ReadPair(element) ?? throw list.Error($"merge {rank} is neither 'left right' nor ['left', 'right']");
            merges.Set(IdOf(left), IdOf(right), new Merge(rank, IdOf(left + right)));
            rank++;
        }

        int? unknown = model.Find("unk_token") is { } token
            ? vocabulary.TryGetValue(token.String(), out int id) ? id : throw token.Error($"the token '{token.String()}' is not in the vocabulary")
            : null;
        return new ByteLevelBpeModel(
            vocabulary, merges, new UnknownBytes(unknown, model.Flag("fuse_unk", false)), model.Flag("ignore_merges", false));

        int IdOf(string token) => vocabulary.TryGetValue(token, out int id)
            ? id
            : throw list.Error($"merge {rank} needs the token '{token}', which is not in the vocabulary");
    }

    private static (string Left, string Right)? ReadPair(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString()!.Split(' ') is [var left, var right] ? (left, right) : null;
        }

        return element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
            && element[0].ValueKind == JsonValueKind.String && element[1].ValueKind == JsonValueKind.String
            ? (element[0].GetString()!, element[1].GetString()!)
            : null;
    }

    private static void RequireSupported(JsonNode model)
    {
        // Old files leave the type out; what has merges is BPE.
        string type = model.Find("type")?.String() ?? (model.Find("merges") is null ? "(none)" : "BPE");
        if (type != "BPE")
        {
            throw model.Unsupported($"the model type '{type}'", Supported);
        }

        if (model.Flag("byte_fallback", false))
        {
            throw model.Unsupported("byte_fallback (SentencePiece-style BPE)", Supported);
        }

        if (model.Find("dropout") is { } dropout && !(dropout.Element.ValueKind == JsonValueKind.Number && dropout.Element.GetDouble() == 0))
        {
            throw model.Unsupported("dropout", Supported);
        }

        foreach (string name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.Find(name) is { } affix && affix.String().Length > 0)
            {
                throw model.Unsupported($"{name} '{affix.String()}'", Supported);
            }
        }
    }
}
