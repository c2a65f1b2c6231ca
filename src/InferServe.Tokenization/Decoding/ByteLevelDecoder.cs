namespace InferServe.Tokenization.Decoding;

/// <summary>
/// The decoder <c>ByteLevel</c>: the bytes of all tokens, read as UTF-8. Invalid bytes become U+FFFD, one for each maximal part of a
/// character (the Unicode Standard, section 3.9, "U+FFFD Substitution of Maximal Subparts").
/// </summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    /// <inheritdoc/>
    public byte[] BytesOf(string token) => ByteAlphabet.BytesOf(token);

    /// <inheritdoc/>
    public IDecodingState Start(Vocabulary vocabulary, bool continuesText) => new State(vocabulary);

    private sealed class State(Vocabulary vocabulary) : IDecodingState
    {
        private readonly Utf8Stream _stream = new();

        public string Append(int token) => _stream.Append(vocabulary.BytesOf(token).Span);

        public string Flush() => _stream.Flush();
    }
}
