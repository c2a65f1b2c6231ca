using System.Runtime.InteropServices;

namespace InferServe.Tokenization.Models;

/// <summary>
/// Remembers the tokens of short pieces, since most pieces are common words. A table of fixed size in which a new piece replaces the
/// one that was in its place; entries are immutable, so no lock is needed.
/// </summary>
internal sealed class PieceCache
{
    /// <summary>The longest piece that is remembered, in UTF-16 units.</summary>
    public const int LongestPiece = 32;

    private const int Places = 1 << 15;
    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>Appends the tokens of a piece: those that are remembered, else what <paramref name="encode"/> appends.</summary>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids, Action<ReadOnlySpan<char>, List<int>> encode)
    {
        if (piece.Length > LongestPiece)
        {
            encode(piece, ids);
            return;
        }

        if (Find(piece) is { } found)
        {
            ids.AddRange(found.AsSpan());
            return;
        }

        int before = ids.Count;
        encode(piece, ids);
        Add(piece, CollectionsMarshal.AsSpan(ids)[before..].ToArray());
    }

    /// <summary>The tokens of a piece; null when they are not remembered.</summary>
    public int[]? Find(ReadOnlySpan<char> piece) =>
        Volatile.Read(ref _entries[PlaceOf(piece)]) is { } entry && piece.SequenceEqual(entry.Piece) ? entry.Ids : null;

    /// <summary>Remembers the tokens of a piece.</summary>
    public void Add(ReadOnlySpan<char> piece, int[] ids) => Volatile.Write(ref _entries[PlaceOf(piece)], new Entry(piece.ToString(), ids));

    private static uint PlaceOf(ReadOnlySpan<char> piece)
    {
        uint hash = (uint)piece.Length;
        foreach (char character in piece)
        {
            hash = (hash ^ character) * 0x01000193;
        }

        return (hash ^ (hash >> 15)) % Places;
    }

    private sealed record Entry(string Piece, int[] Ids);
}
