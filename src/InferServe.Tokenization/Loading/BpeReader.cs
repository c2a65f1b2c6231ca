using System.Text;
using System.Text.Json;
using InferServe.Tokenization.Decoding;
using InferServe.Tokenization.Models;
using InferServe.Tokenization.Models.Bpe;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type BPE.</summary>
internal static class BpeReader
{
    private const int LongestAffix = 64;

    /// <summary>SentencePiece's space.</summary>
    private const char Metaspace = '\u2581';

    /// <summary>Whether the model does the same with text in the byte alphabet and with the bytes of text.</summary>
    public static bool MayReadBytes(JsonNode model) =>
        !model.Flag("byte_fallback", false) && Affix(model, "continuing_subword_prefix").Length == 0 && Affix(model, "end_of_word_suffix").Length == 0;

    /// <summary>Reads the model.</summary>
    public static BpeModel Read(JsonNode model, Dictionary<string, int> vocabulary, bool readsBytes)
    {
        if (model.Find("dropout") is { } dropout && !(dropout.Element.ValueKind == JsonValueKind.Number && dropout.Element.GetDouble() == 0))
        {
            throw dropout.Unsupported("dropout, which makes tokens random,", "null, 0");
        }

        string prefix = Affix(model, "continuing_subword_prefix");
        ByteFallback? bytes = model.Flag("byte_fallback", false) ? new ByteFallback(vocabulary) : null;
        UnknownText unknown = ReadUnknown(model, vocabulary, readsBytes ? HasAllBytes(vocabulary) : bytes is { IsComplete: true });
        string suffix = Affix(model, "end_of_word_suffix");
        IBpeAlphabet alphabet = readsBytes
            ? new ByteAlphabetSpelling(vocabulary, unknown)
            : new CharacterSpelling(vocabulary, unknown, bytes, prefix, suffix);
        bool ignoreMerges = model.Flag("ignore_merges", false);
        MergeTable merges = ReadMerges(model.Get("merges"), vocabulary, prefix, out bool joinsWords);

        // A character that is left out would bring its neighbours together.
        bool leavesOut = unknown.TokenId is null && bytes is not { IsComplete: true };
        bool mayCut = !readsBytes && !ignoreMerges && !joinsWords && !leavesOut && prefix.Length == 0 && suffix.Length == 0
            && vocabulary.ContainsKey(Metaspace.ToString()) && model.Find("unk_token")?.String().EndsWith(Metaspace) is not true;
        return new BpeModel(alphabet, merges, ignoreMerges, mayCut ? Metaspace : null);
    }

    private static string Affix(JsonNode model, string name)
    {
        string affix = model.Find(name)?.String() ?? string.Empty;
        return affix.Length <= LongestAffix ? affix : throw model.Error($"{name} has at most {LongestAffix} characters, not {affix.Length}");
    }

    /// <summary>An unknown token that the vocabulary lacks does no harm where every text has tokens.</summary>
    private static UnknownText ReadUnknown(JsonNode model, Dictionary<string, int> vocabulary, bool isNeverNeeded)
    {
        int? id = null;
        if (model.Find("unk_token") is { } token)
        {
            id = vocabulary.TryGetValue(token.String(), out int found) ? found
                : isNeverNeeded ? null
                : throw token.Error($"the token '{token.String()}' is not in the vocabulary");
        }

        return new UnknownText(id, model.Flag("fuse_unk", false));
    }

    private static bool HasAllBytes(Dictionary<string, int> vocabulary) =>
        Enumerable.Range(0, 256).All(value => vocabulary.ContainsKey(ByteAlphabet.CharacterOf((byte)value).ToString()));

    /// <param name="list">The merges.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="prefix">What tokens within a word begin with.</param>
    /// <param name="joinsWords">Whether a merge makes a token in which SentencePiece's space follows another character.</param>
    private static MergeTable ReadMerges(JsonNode list, Dictionary<string, int> vocabulary, string prefix, out bool joinsWords)
    {
        joinsWords = false;
        list.Expect(JsonValueKind.Array, "an array");
        int prefixBytes = Encoding.UTF8.GetByteCount(prefix);
        var merges = new MergeTable(list.Element.GetArrayLength());
        int rank = 0;
        foreach (JsonElement element in list.Element.EnumerateArray())
        {
            // Lists that were copied from merges.txt begin with a line of its version.
            if (element.ValueKind == JsonValueKind.String && element.GetString()!.StartsWith("#version", StringComparison.Ordinal))
            {
                continue;
            }

            (string left, string right) = ReadPair(element) ?? throw list.Error($"merge {rank} is neither 'left right' nor ['left', 'right']");
            string merged = left + (WithoutPrefix(right, prefix, prefixBytes) ?? throw list.Error($"merge {rank}: '{right}' is shorter than the prefix '{prefix}'"));
            joinsWords |= merged.AsSpan().TrimStart(Metaspace).Contains(Metaspace);
            merges.Set(IdOf(left), IdOf(right), new Merge(rank, IdOf(merged)));
            rank++;
        }

        return merges;

        int IdOf(string token) => vocabulary.TryGetValue(token, out int id)
            ? id
            : throw list.Error($"merge {rank} needs the token '{token}', which is not in the vocabulary");
    }

    /// <summary>The right part without as many bytes as the prefix has, whatever they are; null when it is shorter.</summary>
    private static string? WithoutPrefix(string right, string prefix, int prefixBytes)
    {
        if (right.StartsWith(prefix, StringComparison.Ordinal))
        {
            return right[prefix.Length..];
        }

        byte[] bytes = Encoding.UTF8.GetBytes(right);
        return bytes.Length >= prefixBytes ? Encoding.UTF8.GetString(bytes.AsSpan(prefixBytes)) : null;
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
}
