namespace InferServe.Grammar.Json;

/// <summary>What the members of an object have to fulfil together.</summary>
internal sealed record ObjectRules
{
    /// <summary>Classes that must occur; -1 for a key that is forbidden as well.</summary>
    public IReadOnlyList<int> Required { get; init; } = [];

    /// <summary>For a class, those that must occur when it does; -1 for a forbidden key.</summary>
    public IReadOnlyDictionary<int, int[]> Dependents { get; init; } = new Dictionary<int, int[]>();

    public int MinMembers { get; init; }

    public int? MaxMembers { get; init; }

    /// <summary>How many members of certain kinds must occur at least once; see <see cref="MemberClass.Variants"/>.</summary>
    public int Obligations { get; init; }

    /// <summary>Whether a member may come or not whatever the others are, but for their number.</summary>
    public bool AreIndependent => Obligations == 0 && Dependents.Count == 0;

    public ulong AllObligations => Obligations == 64 ? ulong.MaxValue : (1UL << Obligations) - 1;
}
