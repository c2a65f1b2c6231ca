namespace InferServe.Tokenization.Decoding;

/// <summary>The decoder of a tokenizer: how the tokens of a sequence become text. Thread-safe.</summary>
internal interface ITokenDecoder
{
    /// <summary>The bytes that a token adds to a text when it stands between other tokens.</summary>
    /// <param name="token">The token as <c>tokenizer.json</c> writes it.</param>
    byte[] BytesOf(string token);

    /// <summary>Begins a sequence.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="continuesText">Whether other tokens come before the sequence, so that its first token is not one that begins a text.</param>
    IDecodingState Start(Vocabulary vocabulary, bool continuesText);
}
