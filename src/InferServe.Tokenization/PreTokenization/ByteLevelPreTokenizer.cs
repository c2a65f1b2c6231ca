using System.Buffers;
using System.Text;
using InferServe.Tokenization.Decoding;
using InferServe.Tokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>ByteLevel</c>.</summary>
/// <param name="addPrefixSpace">Whether each text that does not begin with a space gets one.</param>
/// <param name="useRegex">Whether texts are cut into words, numbers, signs and white space as GPT-2 does.</param>
/// <param name="writesBytes">Whether the pieces are written in the byte alphabet. False when the model that takes them reads the UTF-8
/// bytes of text itself, which saves that step.</param>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex, bool writesBytes) : IPreTokenizer
{
    private const int MostBytesOfUnit = 3;

    private static readonly Lazy<SplitPreTokenizer> Words = new(static () => new SplitPreTokenizer(
        RegexPattern.Create(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), SplitBehavior.Isolated, invert: false));

    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        sink = writesBytes ? new ByteWriter(sink) : sink;
        if (!addPrefixSpace || text.Text.StartsWith(' '))
        {
            SplitWords(text, sink);
            return;
        }

        char[] prefixed = ArrayPool<char>.Shared.Rent(text.Text.Length + 1);
        prefixed[0] = ' ';
        text.Text.CopyTo(prefixed.AsSpan(1));
        SplitWords(new TextPiece(prefixed.AsSpan(0, text.Text.Length + 1), text.AtStart > 0 ? text.AtStart + 1 : 0), sink);
        ArrayPool<char>.Shared.Return(prefixed);
    }

    private void SplitWords(TextPiece text, IPieceSink sink)
    {
        if (useRegex)
        {
            Words.Value.Split(text, sink);
        }
        else
        {
            sink.Add(text);
        }
    }

    private sealed class ByteWriter(IPieceSink sink) : IPieceSink
    {
        public void Add(TextPiece piece)
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(piece.Text.Length * MostBytesOfUnit);
            char[] characters = ArrayPool<char>.Shared.Rent(bytes.Length);
            int length = Encoding.UTF8.GetBytes(piece.Text, bytes);
            for (int i = 0; i < length; i++)
            {
                characters[i] = ByteAlphabet.CharacterOf(bytes[i]);
            }

            int atStart = Encoding.UTF8.GetByteCount(piece.Text[..Math.Min(piece.AtStart, piece.Text.Length)]);
            sink.Add(new TextPiece(characters.AsSpan(0, length), atStart));
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
