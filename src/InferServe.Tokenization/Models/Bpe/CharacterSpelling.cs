using System.Text;

namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// Reads text as its characters, as SentencePiece and the first BPE models do: each character is a token, maybe with a prefix for those
/// that continue a word and a suffix for the one that ends it. A character without a token becomes the tokens of its bytes, if all of
/// them are there, otherwise unknown text.
/// </summary>
internal sealed class CharacterSpelling : IBpeAlphabet
{
    private const int NoToken = -1;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly UnknownText _unknown;
    private readonly ByteFallback? _bytes;
    private readonly string _prefix;
    private readonly string _suffix;

    // Tokens of the characters up to U+FFFF without prefix and suffix.
    private readonly int[] _plain = new int[char.MaxValue + 1];

    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="unknown">What becomes of characters without a token.</param>
    /// <param name="bytes">The tokens of single bytes; null when they are not to be used.</param>
    /// <param name="prefix">Stands before each character of a piece but its first.</param>
    /// <param name="suffix">Stands after the last character of a piece.</param>
    public CharacterSpelling(Dictionary<string, int> vocabulary, UnknownText unknown, ByteFallback? bytes, string prefix, string suffix)
    {
        (_unknown, _bytes, _prefix, _suffix) = (unknown, bytes, prefix, suffix);
        _vocabulary = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        Array.Fill(_plain, NoToken);
        foreach ((string token, int id) in vocabulary)
        {
            if (token.Length == 1)
            {
                _plain[token[0]] = id;
            }
        }
    }

    /// <inheritdoc/>
    public int MostTokens(int length) => checked((length * (3 + (_prefix.Length * 3))) + (_suffix.Length * 3));

    /// <inheritdoc/>
    public int Spell(ReadOnlySpan<char> piece, Span<int> tokens)
    {
        var writer = new TokenWriter(tokens, _unknown);
        Span<char> buffer = stackalloc char[2 + _prefix.Length + _suffix.Length];
        for (int at = 0; at < piece.Length;)
        {
            int length = char.IsHighSurrogate(piece[at]) ? 2 : 1;
            bool isFirst = at == 0;
            scoped ReadOnlySpan<char> symbol = piece.Slice(at, length);
            at += length;
            symbol = Dress(symbol, isFirst, at == piece.Length, buffer);
            if (Find(symbol) is not NoToken and int token)
            {
                writer.Known(token);
            }
            else if (!TryBytes(symbol, ref writer))
            {
                writer.Unknown();
            }
        }

        writer.Finish();
        return writer.Count;
    }

    /// <inheritdoc/>
    public int? TokenOf(ReadOnlySpan<char> piece) => _vocabulary.TryGetValue(piece, out int id) ? id : null;

    private ReadOnlySpan<char> Dress(ReadOnlySpan<char> character, bool isFirst, bool isLast, Span<char> buffer)
    {
        bool hasPrefix = !isFirst && _prefix.Length > 0;
        bool hasSuffix = isLast && _suffix.Length > 0;
        if (!hasPrefix && !hasSuffix)
        {
            return character;
        }

        int length = 0;
        if (hasPrefix)
        {
            _prefix.CopyTo(buffer);
            length = _prefix.Length;
        }

        character.CopyTo(buffer[length..]);
        length += character.Length;
        if (hasSuffix)
        {
            _suffix.CopyTo(buffer[length..]);
            length += _suffix.Length;
        }

        return buffer[..length];
    }

    private int Find(ReadOnlySpan<char> symbol) =>
        symbol.Length == 1 ? _plain[symbol[0]] : _vocabulary.TryGetValue(symbol, out int id) ? id : NoToken;

    private bool TryBytes(scoped ReadOnlySpan<char> symbol, ref TokenWriter writer)
    {
        if (_bytes is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[symbol.Length * 3];
        bytes = bytes[..Encoding.UTF8.GetBytes(symbol, bytes)];
        if (!_bytes.Covers(bytes))
        {
            return false;
        }

        foreach (byte value in bytes)
        {
            writer.Byte(_bytes.TokenOf(value));
        }

        return true;
    }
}
