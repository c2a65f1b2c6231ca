namespace InferServe.Grammar;

/// <summary>
/// All tokens of a vocabulary by their bytes. Nodes lie in depth-first order in flat arrays, so that a walk is a scan from left to right
/// and leaving out a subtree is a jump. Node 0 is the root, which stands for no bytes.
/// </summary>
internal sealed class TokenTrie
{
    /// <summary>Shape [nodes]: the last byte on the way to the node.</summary>
    public required byte[] Values { get; init; }

    /// <summary>Shape [nodes]: the first node behind the subtree.</summary>
    public required int[] Ends { get; init; }

    /// <summary>Shape [nodes]: bytes on the way to the node.</summary>
    public required ushort[] Depths { get; init; }

    /// <summary>Shape [nodes]: the node one byte shorter.</summary>
    public required int[] Parents { get; init; }

    /// <summary>Shape [nodes]: a token with exactly the bytes of the node, or -1.</summary>
    public required int[] Tokens { get; init; }

    /// <summary>Shape [tokens]: another token with the same bytes, or -1.</summary>
    public required int[] SameBytes { get; init; }

    public required int MaxDepth { get; init; }

    public int NodeCount => Values.Length;

    /// <summary>Writes the bytes on the way to a node.</summary>
    public void CopyPath(int node, Span<byte> path)
    {
        for (var at = node; at != 0; at = Parents[at])
        {
            path[Depths[at] - 1] = Values[at];
        }
    }
}
