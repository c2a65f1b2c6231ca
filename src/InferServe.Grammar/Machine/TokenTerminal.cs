namespace InferServe.Grammar.Machine;

/// <summary>Stands for one token of the vocabulary, whatever its text: markers of model families that are control tokens.</summary>
internal sealed class TokenTerminal(int token) : Terminal
{
    public int Token { get; } = token;

    public override int Next(int state, byte value) => Dead;

    public override bool IsAccepting(int state) => false;

    public override bool Continues(int state) => true;

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.AddItem(this, 0, continuation);
}
