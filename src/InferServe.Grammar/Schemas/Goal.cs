namespace InferServe.Grammar.Schemas;

/// <summary>
/// Literals that a value has to fulfil all at once. Whatever schemas a place of a document is subject to, allOf, properties, negations and
/// so on, comes down to one goal; equal goals share one rule of the grammar. Immutable.
/// </summary>
internal sealed class Goal : IEquatable<Goal>
{
    private readonly int _hash;

    public Goal(IEnumerable<Literal> literals)
    {
        Literals = [.. literals.Where(literal => literal.Schema.Boolean != literal.Holds).DistinctBy(literal => literal.Key).OrderBy(literal => literal.Key)];
        var hash = new HashCode();
        foreach (var literal in Literals)
        {
            hash.Add(literal.Key);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>No two are equal; those that always hold are left out.</summary>
    public IReadOnlyList<Literal> Literals { get; }

    /// <summary>Names the place in messages.</summary>
    public string Pointer => Literals.Count == 0 ? "#" : Literals[0].Schema.Pointer;

    /// <summary>Whether every value fulfils it.</summary>
    public bool IsTrivial => Literals.Count == 0;

    /// <summary>Whether it is plain that no value fulfils it.</summary>
    public bool IsPlainlyFalse => Literals.Any(literal => literal.Schema.Boolean is not null);

    public bool Equals(Goal? other) =>
        other is not null && other._hash == _hash && other.Literals.Select(literal => literal.Key).SequenceEqual(Literals.Select(literal => literal.Key));

    public override bool Equals(object? obj) => Equals(obj as Goal);

    public override int GetHashCode() => _hash;
}
