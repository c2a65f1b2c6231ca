namespace InferServe.Grammar;

/// <summary>Builds a <see cref="TokenTrie"/> from sorted tokens in one pass.</summary>
internal static class TokenTrieBuilder
{
    /// <param name="tokens">The bytes of each token; null leaves it out.</param>
    public static TokenTrie Build(byte[]?[] tokens)
    {
        var sorted = Enumerable.Range(0, tokens.Length).Where(token => tokens[token] is not null).ToArray();
        Array.Sort(sorted, (a, b) =>
        {
            var order = tokens[a].AsSpan().SequenceCompareTo(tokens[b]);
            return order != 0 ? order : a.CompareTo(b);
        });

        var values = new List<byte> { 0 };
        var depths = new List<ushort> { 0 };
        var ends = new List<int> { 0 };
        var parents = new List<int> { 0 };
        var nodeTokens = new List<int> { -1 };
        var same = new int[tokens.Length];
        Array.Fill(same, -1);
        var path = new List<int> { 0 };
        ReadOnlySpan<byte> previous = [];
        foreach (var token in sorted)
        {
            ReadOnlySpan<byte> bytes = tokens[token];
            var common = previous.CommonPrefixLength(bytes);
            Close(path, ends, common + 1, values.Count);
            for (var i = common; i < bytes.Length; i++)
            {
                parents.Add(path[^1]);
                path.Add(values.Count);
                values.Add(bytes[i]);
                depths.Add((ushort)(i + 1));
                ends.Add(0);
                nodeTokens.Add(-1);
            }

            var node = path[^1];
            same[token] = nodeTokens[node];
            nodeTokens[node] = token;
            previous = bytes;
        }

        Close(path, ends, 0, values.Count);
        return new TokenTrie
        {
            Values = [.. values],
            Depths = [.. depths],
            Ends = [.. ends],
            Parents = [.. parents],
            Tokens = [.. nodeTokens],
            SameBytes = same,
            MaxDepth = depths.Max(),
        };
    }

    private static void Close(List<int> path, List<int> ends, int keep, int end)
    {
        while (path.Count > keep)
        {
            ends[path[^1]] = end;
            path.RemoveAt(path.Count - 1);
        }
    }
}
