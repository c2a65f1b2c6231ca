using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Decoding;
using InferServe.Tokenization.Models;
using InferServe.Tokenization.Normalization;

namespace InferServe.Tokenization.Loading;

/// <summary>
/// Reads <c>tokenizer.json</c> of Hugging Face tokenizers, version 1.0. Its <c>truncation</c> and <c>padding</c> are ignored, as
/// transformers does unless a caller asks for them: a server neither cuts nor fills prompts.
/// </summary>
internal static class TokenizerJsonReader
{
    private const string Version = "1.0";

    /// <summary>Builds the components.</summary>
    /// <exception cref="TokenizerLoadException">Something is malformed or not supported.</exception>
    public static TokenizerParts Read(JsonNode root)
    {
        if (root.Find("version") is { } version && version.String() != Version)
        {
            throw version.Unsupported($"the version '{version.String()}'", Version);
        }

        JsonNode model = root.Get("model");
        ModelKind kind = ModelReader.KindOf(model);
        ModelVocabulary vocabulary = VocabularyReader.Read(model, kind);
        INormalizer normalizer = NormalizerReader.Read(root.Find("normalizer"));
        IReadOnlyList<AddedToken> addedTokens = AddedTokenReader.Read(root.Find("added_tokens"), vocabulary, normalizer);
        PreTokenizerReader preTokenizer = PreTokenizerReader.Read(root.Find("pre_tokenizer"), kind == ModelKind.Bpe && BpeReader.MayReadBytes(model));
        ITokenDecoder decoder = DecoderReader.Read(root.Find("decoder"));
        return new TokenizerParts
        {
            AddedTokens = addedTokens,
            Normalizer = normalizer,
            PreTokenizer = preTokenizer.PreTokenizer,
            Model = ModelReader.Read(model, kind, vocabulary, preTokenizer.LeavesBytesToModel),
            SpecialTokens = PostProcessorReader.Read(root.Find("post_processor")),
            Decoder = decoder,
            Vocabulary = new Vocabulary(vocabulary, addedTokens, decoder),
        };
    }
}
