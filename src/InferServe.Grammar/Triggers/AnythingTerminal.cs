using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Triggers;

/// <summary>The free text behind a triggered grammar. Where a state holds it, the grammar is complete.</summary>
internal sealed class AnythingTerminal : Terminal
{
    public override int Next(int state, byte value) => 0;

    public override bool IsAccepting(int state) => false;

    public override bool Continues(int state) => true;

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.AddItem(this, 0, continuation);
}
