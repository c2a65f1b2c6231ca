using System.Buffers;

namespace InferServe.Tokenization.AddedTokens;

/// <summary>
/// Finds added tokens in a text: the leftmost, and of those that begin at the same place the longest. The work is at most the length
/// of the text times that of the longest token, and without a candidate's first character only a vectorized search.
/// </summary>
internal sealed class AddedTokenMatcher
{
    private readonly Node _root = new();
    private readonly SearchValues<char> _firstCharacters;

    /// <param name="tokens">What to look for, not empty strings; of equal ones the last counts.</param>
    public AddedTokenMatcher(IEnumerable<(string Content, AddedToken Token)> tokens)
    {
        foreach ((string content, AddedToken token) in tokens)
        {
            Node node = _root;
            foreach (char character in content)
            {
                node = node.GetOrAdd(character);
            }

            node.Token = token;
        }

        _firstCharacters = SearchValues.Create([.. _root.Characters]);
    }

    /// <summary>The first token at or after <paramref name="start"/>; null when there is none.</summary>
    public AddedToken? Find(ReadOnlySpan<char> text, int start, out int at, out int length)
    {
        for (at = start; at < text.Length; at++)
        {
            int skipped = text[at..].IndexOfAny(_firstCharacters);
            if (skipped < 0)
            {
                break;
            }

            at += skipped;
            if (LongestAt(text[at..], out length) is { } token)
            {
                return token;
            }
        }

        (at, length) = (text.Length, 0);
        return null;
    }

    private AddedToken? LongestAt(ReadOnlySpan<char> text, out int length)
    {
        AddedToken? longest = null;
        length = 0;
        Node node = _root;
        for (int i = 0; i < text.Length && node.Get(text[i]) is { } next; i++)
        {
            node = next;
            if (node.Token is not null)
            {
                (longest, length) = (node.Token, i + 1);
            }
        }

        return longest;
    }

    private sealed class Node
    {
        private readonly Dictionary<char, Node> _next = [];

        public AddedToken? Token { get; set; }

        public IEnumerable<char> Characters => _next.Keys;

        public Node? Get(char character) => _next.GetValueOrDefault(character);

        public Node GetOrAdd(char character)
        {
            if (!_next.TryGetValue(character, out Node? node))
            {
                _next.Add(character, node = new Node());
            }

            return node;
        }
    }
}
