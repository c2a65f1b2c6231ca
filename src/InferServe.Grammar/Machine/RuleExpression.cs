namespace InferServe.Grammar.Machine;

/// <summary>A named place that may refer to itself.</summary>
internal sealed class RuleExpression(string name) : Expression
{
    public string Name { get; } = name;

    /// <summary>What the rule stands for; set once, before the grammar is used.</summary>
    public Expression? Target { get; set; }

    public override IEnumerable<Expression> Parts => [Target!];

    public override IEnumerable<Expression> Beginnings => [Target!];

    public override int ComputeMinDepth() => Target!.MinDepth;

    public override bool ComputeIsNullable() => Target!.IsNullable;

    public override void Enter(Continuation continuation, StateBuilder builder) => builder.Enter(Target!, continuation);
}
