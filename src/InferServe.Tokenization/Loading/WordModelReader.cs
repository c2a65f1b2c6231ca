using System.Text;
using InferServe.Tokenization.Models.Words;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type WordPiece or WordLevel.</summary>
internal static class WordModelReader
{
    public static WordPieceModel ReadWordPiece(JsonNode model, Dictionary<string, int> vocabulary)
    {
        foreach (string token in vocabulary.Keys)
        {
            if (Encoding.UTF8.GetByteCount(token) > TokenizerLimits.SearchedTokenBytes)
            {
                throw model.Get("vocab").Error($"a token has at most {TokenizerLimits.SearchedTokenBytes} bytes, not {Encoding.UTF8.GetByteCount(token)}");
            }
        }

        return new WordPieceModel(
            vocabulary,
            model.Get("continuing_subword_prefix").String(),
            model.Get("max_input_chars_per_word").Count(),
            UnknownId(model, vocabulary));
    }

    public static WordLevelModel ReadWordLevel(JsonNode model, Dictionary<string, int> vocabulary) => new(vocabulary, UnknownId(model, vocabulary));

    private static int UnknownId(JsonNode model, Dictionary<string, int> vocabulary)
    {
        JsonNode unknown = model.Get("unk_token");
        return vocabulary.TryGetValue(unknown.String(), out int id) ? id : throw unknown.Error($"the token '{unknown.String()}' is not in the vocabulary");
    }
}
