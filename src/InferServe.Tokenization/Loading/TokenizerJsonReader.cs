using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization.Loading;

/// <summary>
/// Reads <c>tokenizer.json</c> of Hugging Face tokenizers, version 1.0. Its <c>truncation</c> and <c>padding</c> are ignored, as
/// transformers does unless a caller asks for them: a server neither cuts nor fills prompts.
/// </summary>
internal static class TokenizerJsonReader
{
    /// <summary>Builds the components.</summary>
    /// <exception cref="TokenizerLoadException">Something is malformed or not supported.</exception>
    public static TokenizerParts Read(JsonNode root)
    {
        JsonNode model = root.Get("model");
        Dictionary<string, int> modelTokens = ByteLevelBpeReader.ReadVocabulary(model);
        IReadOnlyList<AddedToken> addedTokens = AddedTokenReader.Read(root.Find("added_tokens"), modelTokens);
        ITokenDecoder decoder = DecoderReader.Read(root);
        return new TokenizerParts
        {
            AddedTokens = addedTokens,
            Normalizer = NormalizerReader.Read(root.Find("normalizer")),
            PreTokenizer = PreTokenizerReader.Read(root),
            Model = ByteLevelBpeReader.Read(model, modelTokens),
            SpecialTokens = PostProcessorReader.Read(root.Find("post_processor")),
            Decoder = decoder,
            Vocabulary = new Vocabulary(modelTokens, addedTokens, decoder),
        };
    }
}
