using InferServe.Grammar.Automata;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Json;

/// <summary>The key of an object's next member: only keys that are still available, and never a beginning that leads to none.</summary>
internal sealed class KeyTerminal : Terminal
{
    private readonly ObjectExpression _expression;
    private readonly ObjectMembers _members;
    private readonly BitSet _available;
    private readonly KeyAutomaton _keys;

    public KeyTerminal(ObjectExpression expression, ObjectMembers members, BitSet available)
    {
        _expression = expression;
        _members = members;
        _available = available;
        _keys = expression.Keys;
    }

    public override int Next(int state, byte value)
    {
        var next = _keys.Dfa.Next(state, value);
        return next != Dfa.Dead && _keys.Reachable(next).Intersects(_available) ? next : Dead;
    }

    public override bool IsAccepting(int state) => _keys.Dfa.IsAccepting(state);

    public override bool Continues(int state) => _keys.Dfa.Continues(state);

    public override int CompletionKind(int state) => _keys.Dfa.Label(state);

    public override void Complete(int state, Continuation continuation, StateBuilder builder)
    {
        var index = _keys.Dfa.Label(state) - 1;
        var variants = _expression.Classes[index].Variants;
        builder.Spend(_expression.StepsOfState);
        for (var variant = 0; variant < variants.Count; variant++)
        {
            var members = _members.With(_expression, index, variants[variant].Meets);
            if (variants[variant].Value.IsProductive && ObjectCompletion.CanComplete(_expression, members))
            {
                builder.Enter(_expression.Member(index, variant), builder.Push(_expression.ProgressOf(members), continuation));
            }
        }
    }

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.AddItem(this, Dfa.Start, continuation);

    /// <summary>
    /// While keys of any content are available, any string can be a key: the tokens are those of any string, except that the ones with the
    /// closing quote are looked at one by one.
    /// </summary>
    public override TerminalMask? ComputeMask(int state, TerminalMasks masks, WorkMeter meter)
    {
        if (_keys.Cover is not { } cover || !_keys.Everywhere.Intersects(_available))
        {
            return null;
        }

        var any = masks.Get(JsonStrings.Canonical, cover[state], meter);
        return masks.Restrict(any, path => Follow(state, path));
    }
}
