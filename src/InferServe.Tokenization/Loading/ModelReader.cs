using System.Text.Json;
using InferServe.Tokenization.Models;

namespace InferServe.Tokenization.Loading;

/// <summary>Reads <c>model</c>.</summary>
internal static class ModelReader
{
    private const string Supported = "BPE, Unigram, WordPiece, WordLevel";

    /// <summary>The kind of a model. Old files leave the type out; then the members tell it.</summary>
    public static ModelKind KindOf(JsonNode model) => model.Find("type") is { } type
        ? type.String() switch
        {
            "BPE" => ModelKind.Bpe,
            "Unigram" => ModelKind.Unigram,
            "WordPiece" => ModelKind.WordPiece,
            "WordLevel" => ModelKind.WordLevel,
            var other => throw type.Unsupported($"the model type '{other}'", Supported),
        }
        : model.Find("merges") is not null ? ModelKind.Bpe
        : model.Find("vocab") is { Element.ValueKind: JsonValueKind.Array } ? ModelKind.Unigram
        : model.Find("max_input_chars_per_word") is not null ? ModelKind.WordPiece
        : ModelKind.WordLevel;

    /// <summary>Reads the model.</summary>
    /// <param name="model">Its description.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="readsBytes">Whether the pieces that it gets are text to be read as bytes in the byte alphabet.</param>
    public static ITokenModel Read(JsonNode model, ModelKind kind, ModelVocabulary vocabulary, bool readsBytes) => kind switch
    {
        ModelKind.Bpe => BpeReader.Read(model, vocabulary.Ids, readsBytes),
        ModelKind.Unigram => UnigramReader.Read(model, vocabulary.Ids),
        ModelKind.WordPiece => WordModelReader.ReadWordPiece(model, vocabulary.Ids),
        _ => WordModelReader.ReadWordLevel(model, vocabulary.Ids),
    };
}
