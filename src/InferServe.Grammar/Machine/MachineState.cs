using System.Numerics;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Machine;

/// <summary>
/// Everything that may be written next, as a set of terminals with their states and what comes after them. Equal states of one grammar
/// are the same object. The content is immutable; next states and the mask are remembered once they have been computed.
/// </summary>
internal sealed class MachineState
{
    private readonly Lock _gate = new();
    private readonly ulong[] _allowed = new ulong[4];
    private MachineState?[]? _next;
    private TokenSet? _mask;

    public MachineState((Terminal Terminal, int State, Continuation Continuation)[] items, bool canEnd)
    {
        Items = items;
        CanEnd = canEnd;
        foreach (var (terminal, state, _) in items)
        {
            for (var value = 0; value < 256; value++)
            {
                if (terminal.Next(state, (byte)value) != Terminal.Dead)
                {
                    _allowed[value >> 6] |= 1UL << (value & 63);
                }
            }
        }
    }

    /// <summary>Ordered by terminal and state.</summary>
    public (Terminal Terminal, int State, Continuation Continuation)[] Items { get; }

    /// <summary>Whether the text may end here.</summary>
    public bool CanEnd { get; }

    /// <summary>The tokens that may come next, without end tokens; null until computed.</summary>
    public TokenSet? Mask
    {
        get => Volatile.Read(ref _mask);
        set => Volatile.Write(ref _mask, value);
    }

    /// <summary>Whether a text may go on with the byte.</summary>
    public bool Allows(byte value) => (_allowed[value >> 6] >> (value & 63) & 1) != 0;

    /// <summary>The remembered state after an allowed byte, or null.</summary>
    public MachineState? RememberedNext(byte value)
    {
        var next = Volatile.Read(ref _next);
        return next is null ? null : Volatile.Read(ref next[IndexOf(value)]);
    }

    /// <summary>Remembers the state after an allowed byte.</summary>
    public void Remember(byte value, MachineState state)
    {
        lock (_gate)
        {
            _next ??= new MachineState?[_allowed.Sum(BitOperations.PopCount)];
            Volatile.Write(ref _next[IndexOf(value)], state);
        }
    }

    private int IndexOf(byte value)
    {
        var index = 0;
        for (var word = 0; word < value >> 6; word++)
        {
            index += BitOperations.PopCount(_allowed[word]);
        }

        return index + BitOperations.PopCount(_allowed[value >> 6] & ((1UL << (value & 63)) - 1));
    }
}
