using System.Numerics;

namespace InferServe.Grammar.Masks;

/// <summary>A set of tokens, kept as a list while that is smaller than one bit for every token. Immutable.</summary>
internal sealed class TokenSet
{
    private readonly int[]? _list;
    private readonly ulong[]? _words;

    private TokenSet(int[]? list, ulong[]? words)
    {
        _list = list;
        _words = words;
    }

    /// <summary>Memory it takes, about.</summary>
    public long Bytes => 64 + ((_list?.Length ?? 0) * 4L) + ((_words?.Length ?? 0) * 8L);

    public bool IsEmpty => _words is null && _list!.Length == 0;

    /// <summary>Copies a mask.</summary>
    public static TokenSet FromMask(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        if (count > mask.Length * 2)
        {
            return new TokenSet(null, mask.ToArray());
        }

        var list = new int[count];
        var next = 0;
        for (var index = 0; index < mask.Length; index++)
        {
            for (var word = mask[index]; word != 0; word &= word - 1)
            {
                list[next++] = (index * 64) + BitOperations.TrailingZeroCount(word);
            }
        }

        return new TokenSet(list, null);
    }

    /// <summary>Sets the bits of all members.</summary>
    public void AddTo(Span<ulong> mask)
    {
        if (_words is not null)
        {
            for (var index = 0; index < mask.Length; index++)
            {
                mask[index] |= _words[index];
            }

            return;
        }

        foreach (var token in _list!)
        {
            mask[token >> 6] |= 1UL << (token & 63);
        }
    }

    /// <summary>Clears the bits of all members.</summary>
    public void RemoveFrom(Span<ulong> mask)
    {
        for (var index = 0; _words is not null && index < mask.Length; index++)
        {
            mask[index] &= ~_words[index];
        }

        foreach (var token in _list ?? [])
        {
            mask[token >> 6] &= ~(1UL << (token & 63));
        }
    }
}
