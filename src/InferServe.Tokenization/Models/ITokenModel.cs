namespace InferServe.Tokenization.Models;

/// <summary>
/// The third step of encoding: turns a piece of text into tokens. Thread-safe. Each kind of model has a folder of its own here.
/// </summary>
internal interface ITokenModel
{
    /// <summary>Appends the tokens of a piece.</summary>
    /// <param name="piece">A piece as the pre-tokenizer cut it, not empty, without unpaired surrogates.</param>
    /// <param name="ids">Takes the ids.</param>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);
}
