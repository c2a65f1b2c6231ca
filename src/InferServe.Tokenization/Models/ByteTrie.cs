using System.Numerics;

namespace InferServe.Tokenization.Models;

/// <summary>
/// Finds the tokens that a text begins with, byte by byte. The edges of all nodes are in one hash table with open addressing, which takes
/// little memory for some million nodes.
/// </summary>
internal sealed class ByteTrie
{
    /// <summary>The node where every walk begins.</summary>
    public const int Root = 0;

    /// <summary>The value of a node where no token ends.</summary>
    public const int NoValue = -1;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const long Free = -1;

    private readonly List<int> _values = [NoValue];
    private long[] _edges = [];
    private int[] _targets = [];
    private int _shift;

    public ByteTrie() => Allocate(1 << 10);

    /// <summary>Adds a token; a later one with the same bytes replaces it.</summary>
    public void Add(ReadOnlySpan<byte> bytes, int value)
    {
        int node = Root;
        foreach (byte label in bytes)
        {
            int next = Next(node, label);
            node = next >= 0 ? next : Append(node, label);
        }

        _values[node] = value;
    }

    /// <summary>The node after a byte; negative when there is none.</summary>
    public int Next(int node, byte label)
    {
        int place = PlaceOf(Edge(node, label));
        return _edges[place] == Free ? -1 : _targets[place];
    }

    /// <summary>The value of the token that ends at a node, or <see cref="NoValue"/>.</summary>
    public int ValueOf(int node) => _values[node];

    private static long Edge(int node, byte label) => ((long)node << 8) | label;

    private int Append(int node, byte label)
    {
        if (_values.Count * 2 > _edges.Length)
        {
            Grow();
        }

        int place = PlaceOf(Edge(node, label));
        (_edges[place], _targets[place]) = (Edge(node, label), _values.Count);
        _values.Add(NoValue);
        return _targets[place];
    }

    private void Grow()
    {
        (long[] edges, int[] targets) = (_edges, _targets);
        Allocate(edges.Length * 2);
        for (int i = 0; i < edges.Length; i++)
        {
            if (edges[i] != Free)
            {
                int place = PlaceOf(edges[i]);
                (_edges[place], _targets[place]) = (edges[i], targets[i]);
            }
        }
    }

    private void Allocate(int places)
    {
        _shift = 64 - BitOperations.Log2((uint)places);
        _edges = new long[places];
        _targets = new int[places];
        Array.Fill(_edges, Free);
    }

    private int PlaceOf(long edge)
    {
        int place = (int)(((ulong)edge * Multiplier) >> _shift);
        while (_edges[place] != edge && _edges[place] != Free)
        {
            place = (place + 1) & (_edges.Length - 1);
        }

        return place;
    }
}
