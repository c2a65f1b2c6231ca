using System.Text;

namespace InferServe.Tokenization.Decoding;

/// <summary>UTF-8 that arrives in parts: gives characters when they are complete, and U+FFFD for what cannot be completed any more.</summary>
internal sealed class Utf8Stream
{
    private const int StackCharacters = 256;

    // The framework's decoder keeps the bytes of an incomplete character from call to call.
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public string Append(ReadOnlySpan<byte> bytes) => Convert(bytes, flush: false);

    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        // Each byte gives at most one UTF-16 unit; up to three bytes kept from before give one unit each in the worst case.
        int most = bytes.Length + 4;
        Span<char> text = most <= StackCharacters ? stackalloc char[StackCharacters] : new char[most];
        return text[.._decoder.GetChars(bytes, text, flush)].ToString();
    }
}
