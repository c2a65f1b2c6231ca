using System.Buffers;
using System.Text;
using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization.Models.ByteLevelBpe;

/// <summary>
/// Byte-pair encoding over UTF-8 bytes, as GPT-2, Llama 3, Qwen and Phi use it: each byte of a piece is a token, then the merges are
/// applied in the order of their ranks.
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers is not used for this: it reads no <c>tokenizer.json</c>, its byte-level BPE takes neither merges as given
/// with <c>ignore_merges</c> nor the pre-tokenizers and added-token rules around it, and its regular expressions see characters
/// above U+FFFF as surrogates, so its ids differ from the reference's.
/// </remarks>
internal sealed class ByteLevelBpeModel : ITokenModel
{
    private const int NoToken = -1;

    private readonly int[] _byteTokens = new int[256];
    private readonly MergeTable _merges;
    private readonly UnknownBytes _unknown;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _wholePieces;
    private readonly int _longestToken;
    private readonly PieceCache _cache = new();

    /// <param name="vocabulary">The model's tokens, written in the byte alphabet.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="unknown">What becomes of bytes without a token.</param>
    /// <param name="ignoreMerges">Whether a piece that is a token as a whole becomes that token whatever the merges say.</param>
    public ByteLevelBpeModel(Dictionary<string, int> vocabulary, MergeTable merges, UnknownBytes unknown, bool ignoreMerges)
    {
        _merges = merges;
        _unknown = unknown;
        for (int value = 0; value < _byteTokens.Length; value++)
        {
            _byteTokens[value] = vocabulary.GetValueOrDefault(ByteAlphabet.CharacterOf((byte)value).ToString(), NoToken);
        }

        if (ignoreMerges)
        {
            _wholePieces = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
            _longestToken = vocabulary.Keys.Select(static token => token.Length).DefaultIfEmpty().Max();
        }
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length > PieceCache.LongestPiece)
        {
            EncodeUncached(piece, ids);
            return;
        }

        int[]? found = _cache.Find(piece);
        if (found is not null)
        {
            ids.AddRange(found.AsSpan());
            return;
        }

        int before = ids.Count;
        EncodeUncached(piece, ids);
        _cache.Add(piece, ids.GetRange(before, ids.Count - before).ToArray());
    }

    private void EncodeUncached(ReadOnlySpan<char> piece, List<int> ids)
    {
        int most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(most);
        int[] tokens = ArrayPool<int>.Shared.Rent(most);
        int length = Encoding.UTF8.GetBytes(piece, bytes);
        if (WholePiece(bytes.AsSpan(0, length)) is { } whole)
        {
            ids.Add(whole);
        }
        else
        {
            Span<int> pending = tokens.AsSpan(0, TokensOf(bytes.AsSpan(0, length), tokens));
            int count = pending.Length <= ShortMerger.MostTokens
                ? ShortMerger.Merge(pending, _merges)
                : LongMerger.Merge(pending, _merges, out _);
            ids.AddRange(pending[..count]);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(tokens);
    }

    /// <summary>The token that a whole piece is, where merges are to be ignored then; otherwise null.</summary>
    private int? WholePiece(ReadOnlySpan<byte> bytes)
    {
        if (_wholePieces is not { } wholePieces || bytes.Length > _longestToken)
        {
            return null;
        }

        char[] characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            characters[i] = ByteAlphabet.CharacterOf(bytes[i]);
        }

        bool found = wholePieces.TryGetValue(characters.AsSpan(0, bytes.Length), out int id);
        ArrayPool<char>.Shared.Return(characters);
        return found ? id : null;
    }

    /// <summary>Writes the tokens of single bytes and returns how many there are.</summary>
    private int TokensOf(ReadOnlySpan<byte> bytes, Span<int> tokens)
    {
        int count = 0;
        bool afterUnknown = false;
        foreach (byte value in bytes)
        {
            int token = _byteTokens[value];
            bool isUnknown = token == NoToken;
            if (!isUnknown)
            {
                tokens[count++] = token;
            }
            else if (_unknown.TokenId is { } unknown && !(_unknown.Fuse && afterUnknown))
            {
                tokens[count++] = unknown;
            }

            afterUnknown = isUnknown;
        }

        return count;
    }
}
