using InferServe.Tokenization.AddedTokens;
using InferServe.Tokenization.Models;
using InferServe.Tokenization.Normalization;
using InferServe.Tokenization.PostProcessing;
using InferServe.Tokenization.PreTokenization;

namespace InferServe.Tokenization.Loading;

/// <summary>The components of a tokenizer in the order in which a text passes through them.</summary>
internal sealed record TokenizerParts
{
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public required INormalizer Normalizer { get; init; }

    public required IPreTokenizer PreTokenizer { get; init; }

    public required ITokenModel Model { get; init; }

    public required SpecialTokenFrame SpecialTokens { get; init; }

    public required Decoding.ITokenDecoder Decoder { get; init; }

    public required Vocabulary Vocabulary { get; init; }
}
