using System.Numerics;

namespace InferServe.Tokenization.Models.Bpe;

/// <summary>
/// The merges of a BPE model: which two tokens become which one, and in what order. A hash table with open addressing and its own
/// hash, because this look-up is where encoding spends its time and the framework's hash of a 64-bit key, the exclusive or of its
/// halves, is the same for all pairs of equal tokens.
/// </summary>
internal sealed class MergeTable
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const long Free = -1;

    private readonly long[] _pairs;
    private readonly Merge[] _merges;
    private readonly int _shift;

    /// <param name="capacity">The most merges that will be set.</param>
    public MergeTable(int capacity)
    {
        int places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1) * 2);
        _shift = 64 - BitOperations.Log2((uint)places);
        _pairs = new long[places];
        _merges = new Merge[places];
        Array.Fill(_pairs, Free);
    }

    /// <summary>Sets a merge; a later one for the same pair replaces it, as in the reference.</summary>
    public void Set(int left, int right, Merge merge)
    {
        int place = PlaceOf(Pair(left, right));
        (_pairs[place], _merges[place]) = (Pair(left, right), merge);
    }

    /// <summary>The merge of two tokens; false when there is none.</summary>
    public bool TryGet(int left, int right, out Merge merge)
    {
        int place = PlaceOf(Pair(left, right));
        merge = _merges[place];
        return _pairs[place] != Free;
    }

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>The place of a pair, or the free place where it would go; half of the places at least are free.</summary>
    private int PlaceOf(long pair)
    {
        int place = (int)(((ulong)pair * Multiplier) >> _shift);
        while (_pairs[place] != pair && _pairs[place] != Free)
        {
            place = (place + 1) & (_pairs.Length - 1);
        }

        return place;
    }
}
