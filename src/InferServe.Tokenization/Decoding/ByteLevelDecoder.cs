using System.Text;

namespace InferServe.Tokenization.Decoding;

/// <summary>
/// The decoder <c>ByteLevel</c>: the bytes of all tokens, read as UTF-8. Invalid bytes become U+FFFD, one for each maximal part of a
/// character (the Unicode Standard, section 3.9, "U+FFFD Substitution of Maximal Subparts").
/// </summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    /// <inheritdoc/>
    /// <remarks>A token with a character outside the byte alphabet, such as an added token with a space, stands for its own UTF-8
    /// bytes. The rule holds for added tokens too, as in the reference.</remarks>
    public byte[] BytesOf(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (!ByteAlphabet.TryGetByte(token[i], out bytes[i]))
            {
                return Encoding.UTF8.GetBytes(token);
            }
        }

        return bytes;
    }

    /// <inheritdoc/>
    public IDecodingState Start() => new State();

    private sealed class State : IDecodingState
    {
        private const int StackCharacters = 256;

        // The framework's decoder keeps the bytes of an incomplete character from call to call.
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public string Append(ReadOnlySpan<byte> tokenBytes) => Convert(tokenBytes, flush: false);

        public string Flush() => Convert([], flush: true);

        private string Convert(ReadOnlySpan<byte> bytes, bool flush)
        {
            // Each byte gives at most one UTF-16 unit; up to three bytes kept from before give one unit each in the worst case.
            int most = bytes.Length + 4;
            Span<char> text = most <= StackCharacters ? stackalloc char[StackCharacters] : new char[most];
            return text[.._decoder.GetChars(bytes, text, flush)].ToString();
        }
    }
}
