using InferServe.Grammar.Automata;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Json;

/// <summary>A quoted string in <see cref="Patterns.TextForm.JsonString"/> whose content follows an automaton.</summary>
internal sealed class StringTerminal : Terminal
{
    private readonly Dfa _dfa;
    private readonly int[]? _cover;

    public StringTerminal(Dfa dfa)
    {
        _dfa = dfa;
        _cover = StringCover.Find(dfa);
        MinDepth = ComputeMinDepth();
    }

    public override int Next(int state, byte value) => _dfa.Next(state, value);

    public override bool IsAccepting(int state) => _dfa.IsAccepting(state);

    public override bool Continues(int state) => _dfa.Continues(state);

    public override int ComputeMinDepth() => _dfa.IsEmpty ? Unproductive : 0;

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.AddItem(this, Dfa.Start, continuation);

    public override TerminalMask? ComputeMask(int state, TerminalMasks masks, WorkMeter meter) => _cover is null
        ? null
        : masks.Restrict(masks.Get(JsonStrings.Canonical, _cover[state], meter), path => Follow(state, path));
}
