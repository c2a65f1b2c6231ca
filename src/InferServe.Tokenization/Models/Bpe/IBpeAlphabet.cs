namespace InferServe.Tokenization.Models.Bpe;

/// <summary>How a BPE model reads text: the tokens with which merging begins. Thread-safe.</summary>
internal interface IBpeAlphabet
{
    /// <summary>The most tokens that a piece of so many UTF-16 units can begin with.</summary>
    int MostTokens(int length);

    /// <summary>Writes the tokens that a piece begins with and returns how many there are.</summary>
    int Spell(ReadOnlySpan<char> piece, Span<int> tokens);

    /// <summary>The token that a whole piece is; null when there is none.</summary>
    int? TokenOf(ReadOnlySpan<char> piece);
}
