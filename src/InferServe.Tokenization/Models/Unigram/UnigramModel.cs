using System.Buffers;
using System.Text;

namespace InferServe.Tokenization.Models.Unigram;

/// <summary>
/// The unigram language model of SentencePiece: of all ways to cut a piece into tokens the one with the highest sum of scores
/// (Kudo, https://arxiv.org/abs/1804.10959), found by Viterbi's algorithm in one pass.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10;
    private const int MostBytesOfUnit = 3;

    private readonly ByteTrie _trie = new();
    private readonly double[] _scores;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly int _unknown;
    private readonly double _unknownScore;
    private readonly ByteFallback? _bytes;
    private readonly PieceCache _cache = new();
    private readonly Action<ReadOnlySpan<char>, List<int>> _encodeUncached;

    /// <param name="ids">The ids of the tokens; of equal tokens the last counts.</param>
    /// <param name="scores">The scores by id.</param>
    /// <param name="unknown">The token of characters that are in no token.</param>
    /// <param name="byteFallback">Whether such characters become the tokens of their bytes, if all of them are there.</param>
    public UnigramModel(Dictionary<string, int> ids, double[] scores, int unknown, bool byteFallback)
    {
        _encodeUncached = EncodeUncached;
        _scores = scores;
        _unknown = unknown;
        _unknownScore = scores.Min() - UnknownPenalty;
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _bytes = byteFallback ? new ByteFallback(ids) : null;
        foreach ((string token, int id) in ids)
        {
            _trie.Add(Encoding.UTF8.GetBytes(token), id);
        }
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids) => _cache.Encode(piece, ids, _encodeUncached);

    private void EncodeUncached(ReadOnlySpan<char> piece, List<int> ids)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(piece.Length * MostBytesOfUnit);
        int length = Encoding.UTF8.GetBytes(piece, bytes);
        BestPath[] paths = ArrayPool<BestPath>.Shared.Rent(length + 1);
        Search(bytes.AsSpan(0, length), paths.AsSpan(0, length + 1));
        Append(bytes.AsSpan(0, length), paths, ids);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<BestPath>.Shared.Return(paths);
    }

    /// <summary>Finds for each place between characters the best way there.</summary>
    private void Search(ReadOnlySpan<byte> text, Span<BestPath> paths)
    {
        paths.Fill(BestPath.None);
        paths[0] = new BestPath(0, 0, _unknown);
        for (int start = 0; start < text.Length;)
        {
            double score = paths[start].Score;
            int character = CharacterLength(text[start]);
            bool isKnown = false;
            int node = ByteTrie.Root;
            for (int end = start; end < text.Length && (node = _trie.Next(node, text[end])) >= 0;)
            {
                end++;
                int id = _trie.ValueOf(node);
                if (id != ByteTrie.NoValue)
                {
                    paths[end].Offer(start, score + _scores[id], id);
                    isKnown |= end == start + character;
                }
            }

            if (!isKnown)
            {
                paths[start + character].Offer(start, score + _unknownScore, _unknown);
            }

            start += character;
        }
    }

    /// <summary>Follows the best path from its end; adjacent unknown parts are one.</summary>
    private void Append(ReadOnlySpan<byte> text, ReadOnlySpan<BestPath> paths, List<int> ids)
    {
        int first = ids.Count;
        for (int end = text.Length; end > 0;)
        {
            int start = paths[end].Start;
            if (paths[end].Id == _unknown)
            {
                while (start > 0 && paths[start].Id == _unknown)
                {
                    start = paths[start].Start;
                }

                AppendUnknown(text[start..end], ids);
            }
            else
            {
                ids.Add(paths[end].Id);
            }

            end = start;
        }

        ids.Reverse(first, ids.Count - first);
    }

    /// <summary>Appends the tokens of unknown text, the last one first.</summary>
    private void AppendUnknown(ReadOnlySpan<byte> text, List<int> ids)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(text.Length);
        bool isToken = _ids.TryGetValue(characters.AsSpan(0, Encoding.UTF8.GetChars(text, characters)), out int id);
        ArrayPool<char>.Shared.Return(characters);
        if (isToken)
        {
            ids.Add(id);
        }
        else if (_bytes?.Covers(text) == true)
        {
            for (int i = text.Length - 1; i >= 0; i--)
            {
                ids.Add(_bytes.TokenOf(text[i]));
            }
        }
        else
        {
            ids.Add(_unknown);
        }
    }

    private static int CharacterLength(byte first) => first switch
    {
        < 0x80 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };
}
