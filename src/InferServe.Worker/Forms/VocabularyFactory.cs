using InferServe.Grammar;
using InferServe.Tokenization;

namespace InferServe.Worker.Forms;

/// <summary>Shows a model's tokens to grammars.</summary>
internal static class VocabularyFactory
{
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="vocabularySize">Number of logits, which may be more than the tokenizer has tokens.</param>
    /// <param name="endTokens">Tokens with which the model ends its answer.</param>
    public static Vocabulary Create(Tokenizer tokenizer, int vocabularySize, IEnumerable<int> endTokens)
    {
        var tokens = new ReadOnlyMemory<byte>?[vocabularySize];
        for (var token = 0; token < tokens.Length; token++)
        {
            // Control tokens are marks of the chat's structure, not text that a grammar could describe.
            tokens[token] = tokenizer.IdToToken(token) is null || tokenizer.IsSpecial(token) ? null : tokenizer.TokenBytes(token);
        }

        return Vocabulary.Create(tokens, endTokens);
    }
}
