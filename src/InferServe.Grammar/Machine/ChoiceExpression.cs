namespace InferServe.Grammar.Machine;

/// <summary>Any one of the branches; none at all makes the expression unproductive.</summary>
internal sealed class ChoiceExpression(params Expression[] branches) : Expression
{
    public override IEnumerable<Expression> Parts => branches;

    public override IEnumerable<Expression> Beginnings => branches;

    public override int ComputeMinDepth() => branches.Length == 0 ? Unproductive : branches.Min(branch => branch.MinDepth);

    public override bool ComputeIsNullable() => branches.Any(branch => branch.IsNullable);

    public override void Enter(Continuation continuation, StateBuilder builder)
    {
        foreach (var branch in branches)
        {
            builder.Enter(branch, continuation);
        }
    }
}
