using System.Collections.Immutable;
using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>One alternative of a goal without any choice left: which kinds of values, and what each kind has to fulfil. Immutable.</summary>
internal sealed record Conjunction
{
    public JsonTypes Types { get; init; } = JsonTypes.All;

    public NumberConstraint Number { get; init; } = new();

    public StringConstraint String { get; init; } = new();

    public ObjectConstraint Object { get; init; } = new();

    public ArrayConstraint Array { get; init; } = new();

    /// <summary>Literals that have been taken in.</summary>
    public ImmutableHashSet<int> Applied { get; init; } = [];

    /// <summary>Without the kinds of values whose constraints contradict themselves.</summary>
    public Conjunction Simplified()
    {
        var types = Types;
        if (String.IsContradictory)
        {
            types &= ~JsonTypes.String;
        }

        if ((Number with { Integers = true, Fractions = true }).IsContradictory)
        {
            types &= ~JsonTypes.Number;
        }

        if (Object.IsContradictory)
        {
            types &= ~JsonTypes.Object;
        }

        if (Array.IsContradictory)
        {
            types &= ~JsonTypes.Array;
        }

        return types == Types ? this : this with { Types = types };
    }

    public Conjunction Only(JsonTypes types) => this with { Types = Types & types };
}
