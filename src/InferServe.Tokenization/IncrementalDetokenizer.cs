using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization;

/// <summary>
/// Turns tokens into text one at a time. A token may end within a character; the part is held back until the character is complete
/// or cannot be completed any more. All pieces joined are what <see cref="Tokenizer.Decode"/> gives for all tokens. Not thread-safe:
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
        _skipSpecialTokens && _vocabulary.IsSpecial(token) && _shown?.Contains(token) is not true ? string.Empty : _state.Append(_vocabulary.BytesOf(token).Span);

    /// <summary>Ends the text; the next token begins a new one.</summary>
    /// <returns>The rest: U+FFFD if the text ends within a character, otherwise nothing.</returns>
    public string Flush() => _state.Flush();
}
