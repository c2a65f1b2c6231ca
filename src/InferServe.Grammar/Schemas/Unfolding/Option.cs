namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>One way to go on: literals to take in, and a restriction on the values themselves.</summary>
internal sealed record Option(IReadOnlyList<Literal> Literals, Func<Conjunction, Conjunction>? Restrict = null)
{
    public static Option Of(params Literal[] literals) => new(literals);

    public static Option Of(Func<Conjunction, Conjunction> restrict, params Literal[] literals) => new(literals, restrict);
}
