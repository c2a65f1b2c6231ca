using System.Collections.Immutable;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>What an object has to fulfil. Immutable.</summary>
internal sealed record ObjectConstraint
{
    public ImmutableList<ObjectScope> Scopes { get; init; } = [];

    public ImmutableSortedSet<string> Required { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public ImmutableSortedSet<string> Forbidden { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public ImmutableList<(string Trigger, IReadOnlyList<string> Names)> Dependents { get; init; } = [];

    /// <summary>What every key has to fulfil as a string.</summary>
    public ImmutableList<Literal> Names { get; init; } = [];

    /// <summary>Members that have to occur at least once.</summary>
    public ImmutableList<MemberWitness> Witnesses { get; init; } = [];

    public int MinMembers { get; init; }

    public int? MaxMembers { get; init; }

    public bool IsContradictory =>
        MaxMembers < Math.Max(MinMembers, Required.Count) || Required.Overlaps(Forbidden);

    /// <summary>What the value of a member with a certain key has to fulfil.</summary>
    /// <param name="name">The key, or null for one that no scope mentions.</param>
    /// <param name="matches">Whether the key matches a pattern.</param>
    public IEnumerable<Literal> ValueOf(string? name, Func<string, bool> matches) =>
        Scopes.SelectMany(scope => scope.ValueOf(name, matches));
}
