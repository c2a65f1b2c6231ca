using System.Buffers;
using System.Text;
using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Reads text as its UTF-8 bytes, as GPT-2, Llama 3, Qwen and Phi do: each byte is a token. The tokens are written in the byte alphabet;
/// the text is not, which saves a step for each piece.
/// </summary>
internal sealed class ByteAlphabetSpelling : IBpeAlphabet
{
    private const int NoToken = -1;
    private const int MostBytesOfUnit = 3;

    private readonly int[] _byteTokens = new int[256];
    private readonly UnknownText _unknown;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly int _longestToken;

    /// <param name="vocabulary">The model's tokens, written in the byte alphabet.</param>
    /// <param name="unknown">What becomes of bytes without a token; a vocabulary with all 256 bytes never needs it.</param>
    public ByteAlphabetSpelling(Dictionary<string, int> vocabulary, UnknownText unknown)
    {
        _unknown = unknown;
        _vocabulary = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestToken = vocabulary.Keys.Select(static token => token.Length).DefaultIfEmpty().Max();
        for (int value = 0; value < _byteTokens.Length; value++)
        {
            _byteTokens[value] = vocabulary.GetValueOrDefault(ByteAlphabet.CharacterOf((byte)value).ToString(), NoToken);
        }
    }

    /// <inheritdoc/>
    public int MostTokens(int length) => length * MostBytesOfUnit;

    /// <inheritdoc/>
    public int Spell(ReadOnlySpan<char> piece, Span<int> tokens)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(piece.Length * MostBytesOfUnit);
        var writer = new TokenWriter(tokens, _unknown);
        foreach (byte value in bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, bytes)))
        {
            int token = _byteTokens[value];
            if (token != NoToken)
            {
                writer.Known(token);
            }
            else
            {
                writer.Unknown();
            }
        }

        writer.Finish();
        ArrayPool<byte>.Shared.Return(bytes);
        return writer.Count;
    }

    /// <inheritdoc/>
    public int? TokenOf(ReadOnlySpan<char> piece)
    {
        if (piece.Length > _longestToken)
        {
            return null;
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(piece.Length * MostBytesOfUnit);
        char[] characters = ArrayPool<char>.Shared.Rent(piece.Length * MostBytesOfUnit);
        int length = Encoding.UTF8.GetBytes(piece, bytes);
        for (int i = 0; i < length; i++)
        {
            characters[i] = ByteAlphabet.CharacterOf(bytes[i]);
        }

        bool found = _vocabulary.TryGetValue(characters.AsSpan(0, length), out int id);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(characters);
        return found ? id : null;
    }
}
