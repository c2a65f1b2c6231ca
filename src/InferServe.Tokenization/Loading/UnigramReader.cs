using System.Text;
using System.Text.Json;
using InferServe.Tokenization.Models.Unigram;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type Unigram.</summary>
internal static class UnigramReader
{
    public static UnigramModel Read(JsonNode model, Dictionary<string, int> vocabulary)
    {
        JsonNode list = model.Get("vocab");
        double[] scores = [.. list.Items().Select(static entry => ScoreOf(entry))];
        JsonNode unknown = model.Find("unk_id") ?? throw model.Unsupported("Unigram without unk_id", "Unigram with one");
        int id = unknown.Id();
        if (id >= scores.Length)
        {
            throw unknown.Error($"the vocabulary has {scores.Length} tokens, so unk_id is less than that, not {id}");
        }

        foreach (string token in vocabulary.Keys)
        {
            if (Encoding.UTF8.GetByteCount(token) > TokenizerLimits.SearchedTokenBytes)
            {
                throw list.Error($"a token has at most {TokenizerLimits.SearchedTokenBytes} bytes, not {Encoding.UTF8.GetByteCount(token)}");
            }
        }

        return new UnigramModel(vocabulary, scores, id, model.Flag("byte_fallback", false));
    }

    private static double ScoreOf(JsonNode entry) =>
        entry.Element[1].ValueKind == JsonValueKind.Number && entry.Element[1].TryGetDouble(out double score) && double.IsFinite(score)
            ? score
            : throw entry.Error("the score is no number");
}
