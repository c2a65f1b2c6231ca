using System.Buffers;
using System.Text;

namespace InferServe.Tokenization.Models.Words;

/// <summary>
/// BERT's WordPiece: a word is cut into the longest tokens from left to right; those after the first have a prefix. A word that cannot be
/// cut so is unknown as a whole.
/// </summary>
internal sealed class WordPieceModel : ITokenModel
{
    private const int MostBytesOfUnit = 3;

    private readonly ByteTrie _first = new();
    private readonly ByteTrie _later = new();
    private readonly int _unknown;
    private readonly int _mostCharacters;

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="prefix">What tokens within a word begin with.</param>
    /// <param name="mostCharacters">The most characters of a word that is cut; longer ones are unknown.</param>
    /// <param name="unknown">The token of unknown words.</param>
    public WordPieceModel(IReadOnlyDictionary<string, int> vocabulary, string prefix, int mostCharacters, int unknown)
    {
        _unknown = unknown;
        _mostCharacters = mostCharacters;
        foreach ((string token, int id) in vocabulary)
        {
            _first.Add(Encoding.UTF8.GetBytes(token), id);
            if (token.StartsWith(prefix, StringComparison.Ordinal))
            {
                _later.Add(Encoding.UTF8.GetBytes(token[prefix.Length..]), id);
            }
        }
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        int before = ids.Count;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(piece.Length * MostBytesOfUnit);
        ReadOnlySpan<byte> rest = buffer.AsSpan(0, Encoding.UTF8.GetBytes(piece, buffer));
        ByteTrie trie = _first;
        bool isShort = IsShort(piece);
        while (rest.Length > 0 && isShort)
        {
            int length = Longest(trie, rest, out int id);
            if (length == 0)
            {
                break;
            }

            ids.Add(id);
            rest = rest[length..];
            trie = _later;
        }

        if (rest.Length > 0)
        {
            ids.RemoveRange(before, ids.Count - before);
            ids.Add(_unknown);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool IsShort(ReadOnlySpan<char> piece)
    {
        int characters = 0;
        foreach (char unit in piece)
        {
            characters += char.IsLowSurrogate(unit) ? 0 : 1;
        }

        return characters <= _mostCharacters;
    }

    private static int Longest(ByteTrie trie, ReadOnlySpan<byte> text, out int id)
    {
        int longest = 0;
        id = ByteTrie.NoValue;
        int node = ByteTrie.Root;
        for (int i = 0; i < text.Length && (node = trie.Next(node, text[i])) >= 0; i++)
        {
            if (trie.ValueOf(node) != ByteTrie.NoValue)
            {
                (longest, id) = (i + 1, trie.ValueOf(node));
            }
        }

        return longest;
    }
}
