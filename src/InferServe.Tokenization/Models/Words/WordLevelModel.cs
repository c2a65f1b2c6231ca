namespace InferServe.Tokenization.Models.Words;

/// <summary>A vocabulary of whole words: each piece is a token or unknown.</summary>
/// <param name="vocabulary">The tokens.</param>
/// <param name="unknown">The token of other pieces.</param>
internal sealed class WordLevelModel(Dictionary<string, int> vocabulary, int unknown) : ITokenModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids) => ids.Add(_vocabulary.TryGetValue(piece, out int id) ? id : unknown);
}
