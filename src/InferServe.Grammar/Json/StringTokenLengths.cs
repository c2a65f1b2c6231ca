using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Json;

/// <summary>How many characters of a JSON string each token begins, for tokens that may stand within one. Immutable.</summary>
internal sealed class StringTokenLengths
{
    private readonly int[] _tokens;
    private readonly int[] _lengths;

    private StringTokenLengths(IEnumerable<(int Token, int Length)> tokens)
    {
        var sorted = tokens.OrderByDescending(pair => pair.Length).ToArray();
        _tokens = [.. sorted.Select(pair => pair.Token)];
        _lengths = [.. sorted.Select(pair => pair.Length)];
    }

    public static StringTokenLengths Of(TokenTrie trie)
    {
        var text = JsonStrings.Free.Dfa;
        var inside = text.Next(Dfa.Start, (byte)'"');
        var path = new (int State, int Length)[trie.MaxDepth + 1];
        path[0] = (inside, 0);
        var tokens = new List<(int, int)>();
        var node = 1;
        while (node < trie.NodeCount)
        {
            var depth = trie.Depths[node];
            var (state, length) = path[depth - 1];
            var next = text.Next(state, trie.Values[node]);
            if (next == Dfa.Dead)
            {
                node = trie.Ends[node];
                continue;
            }

            var begins = state == inside && trie.Values[node] != '"';
            path[depth] = (next, begins ? length + 1 : length);
            for (var token = trie.Tokens[node]; token >= 0; token = trie.SameBytes[token])
            {
                tokens.Add((token, path[depth].Length));
            }

            node++;
        }

        return new StringTokenLengths(tokens);
    }

    /// <summary>Clears the bits of tokens with more characters than there is room for.</summary>
    public void RemoveLonger(Span<ulong> mask, int room)
    {
        for (var index = 0; index < _tokens.Length && _lengths[index] > room; index++)
        {
            mask[_tokens[index] >> 6] &= ~(1UL << (_tokens[index] & 63));
        }
    }
}
