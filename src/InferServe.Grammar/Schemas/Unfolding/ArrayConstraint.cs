using System.Collections.Immutable;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>What an array has to fulfil. Immutable.</summary>
internal sealed record ArrayConstraint
{
    public ImmutableList<ArrayScope> Scopes { get; init; } = [];

    public int MinElements { get; init; }

    public int? MaxElements { get; init; }

    /// <summary>Elements that have to occur at least once, at an index of at least <c>From</c>.</summary>
    public ImmutableList<(Literal Value, int From)> Witnesses { get; init; } = [];

    /// <summary>The place of a schema that forbids equal elements, or null.</summary>
    public string? UniqueAt { get; init; }

    public bool IsContradictory => MaxElements < MinElements || (MaxElements == 0 && !Witnesses.IsEmpty);

    /// <summary>Length of the longest list of places with schemas of their own.</summary>
    public int PrefixLength => Math.Max(
        Scopes.Select(scope => scope.Prefix.Count).DefaultIfEmpty(0).Max(),
        Witnesses.Select(witness => witness.From).DefaultIfEmpty(0).Max());

    /// <summary>What the element at a place has to fulfil.</summary>
    public IEnumerable<Literal> ElementAt(int index) => Scopes.Select(scope => scope.ElementAt(index)).OfType<Literal>();
}
