namespace InferServe.Grammar.Json;

/// <summary>A set of small numbers. Immutable; equal by content.</summary>
internal readonly struct BitSet(ulong[] words) : IEquatable<BitSet>
{
    private readonly ulong[]? _words = words;

    public bool Contains(int member) =>
        _words is not null && member >> 6 < _words.Length && (_words[member >> 6] >> (member & 63) & 1) != 0;

    public BitSet With(int member)
    {
        var words = new ulong[Math.Max(_words?.Length ?? 0, (member >> 6) + 1)];
        _words?.CopyTo(words, 0);
        words[member >> 6] |= 1UL << (member & 63);
        return new BitSet(words);
    }

    public BitSet Intersect(BitSet other)
    {
        var words = new ulong[Math.Min(_words?.Length ?? 0, other._words?.Length ?? 0)];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = _words![word] & other._words![word];
        }

        return new BitSet(words);
    }

    public bool Intersects(BitSet other)
    {
        var common = Math.Min(_words?.Length ?? 0, other._words?.Length ?? 0);
        for (var word = 0; word < common; word++)
        {
            if ((_words![word] & other._words![word]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(BitSet other) => Trimmed().SequenceEqual(other.Trimmed());

    public override bool Equals(object? obj) => obj is BitSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var word in Trimmed())
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    private ReadOnlySpan<ulong> Trimmed() => _words.AsSpan().TrimEnd(0UL);
}
