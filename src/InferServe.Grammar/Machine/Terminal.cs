using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Machine;

/// <summary>
/// An expression that reads bytes by itself, with states that are numbers. Every state it leads to can still be completed, so a byte with
/// a next state never leads into a dead end.
/// </summary>
internal abstract class Terminal : Expression
{
    public const int Dead = -1;

    private static int s_lastId;

    protected Terminal()
    {
        // Terminals need no analysis: some are made while a text is followed.
        MinDepth = 0;
    }

    /// <summary>Orders terminals within states.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>Whether its masks are kept with the vocabulary, because many grammars hold this very object.</summary>
    public bool IsShared { get; init; }

    /// <summary>The next state or <see cref="Dead"/>.</summary>
    public abstract int Next(int state, byte value);

    /// <summary>The state after several bytes or <see cref="Dead"/>.</summary>
    public int Follow(int state, ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            state = state == Dead ? Dead : Next(state, value);
        }

        return state;
    }

    public abstract bool IsAccepting(int state);

    /// <summary>Whether any byte may follow.</summary>
    public abstract bool Continues(int state);

    /// <summary>Called where the terminal may end: adds what comes after it.</summary>
    public virtual void Complete(int state, Continuation continuation, StateBuilder builder) => builder.Return(continuation);

    /// <summary>States with the same number are completed alike.</summary>
    public virtual int CompletionKind(int state) => 0;

    /// <summary>A mask found by other means than following all tokens, or null.</summary>
    public virtual TerminalMask? ComputeMask(int state, TerminalMasks masks, WorkMeter meter) => null;

    public override int ComputeMinDepth() => 0;

    public override bool ComputeIsNullable() => false;
}
