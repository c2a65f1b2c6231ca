using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization;

/// <summary>
/// Turns tokens into text one at a time. What depends on later tokens, such as a character of which a token holds only a part, is held
/// back until it is certain. All pieces joined are what <see cref="Tokenizer.Decode"/> gives for all tokens. Not thread-safe:
/// one for each sequence.
/// </summary>
public sealed class IncrementalDetokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly IDecodingState _state;
    private readonly bool _skipSpecialTokens;
    private readonly IReadOnlySet<int>? _shown;

    internal IncrementalDetokenizer(Vocabulary vocabulary, IDecodingState state, bool skipSpecialTokens, IReadOnlySet<int>? shown)
    {
        _vocabulary = vocabulary;
        _state = state;
        _skipSpecialTokens = skipSpecialTokens;
        _shown = shown;
    }

    /// <summary>Adds a token.</summary>
    /// <param name="token">The token; an id without a token adds nothing.</param>
    /// <returns>The text that is complete now, maybe empty. It never ends within a character.</returns>
    public string Append(int token) =>
        _vocabulary.TokenOf(token) is null || (_skipSpecialTokens && _vocabulary.IsSkipped(token) && _shown?.Contains(token) is not true)
            ? string.Empty
            : _state.Append(token);

    /// <summary>Ends the text; the next token begins a new one.</summary>
    /// <returns>The rest that was held back; U+FFFD for the part of a character.</returns>
    public string Flush() => _state.Flush();
}
