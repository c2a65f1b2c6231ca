using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Machine;

/// <summary>A terminal that follows an automaton.</summary>
internal sealed class DfaTerminal : Terminal
{
    public DfaTerminal(Dfa dfa)
    {
        Dfa = dfa;
        MinDepth = ComputeMinDepth();
        IsNullable = ComputeIsNullable();
    }

    public Dfa Dfa { get; }

    public override int Next(int state, byte value) => Dfa.Next(state, value);

    public override bool IsAccepting(int state) => Dfa.IsAccepting(state);

    public override bool Continues(int state) => Dfa.Continues(state);

    public override int ComputeMinDepth() => Dfa.IsEmpty ? Unproductive : 0;

    public override bool ComputeIsNullable() => Dfa.IsAccepting(Dfa.Start);

    public override void Enter(Continuation continuation, StateBuilder builder)
    {
        if (Dfa.IsAccepting(Dfa.Start))
        {
            builder.Return(continuation);
        }

        if (Dfa.Continues(Dfa.Start))
        {
            builder.AddItem(this, Dfa.Start, continuation);
        }
    }
}
