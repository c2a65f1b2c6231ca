using System.Collections.Immutable;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>What a string has to fulfil. Immutable.</summary>
internal sealed record StringConstraint
{
    public int MinLength { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>The only values, or null for all.</summary>
    public ImmutableHashSet<string>? Allowed { get; init; }

    public ImmutableHashSet<string> Forbidden { get; init; } = [];

    public ImmutableList<StringPattern> Patterns { get; init; } = [];

    public bool IsFree => MinLength == 0 && MaxLength is null && Allowed is null && Forbidden.IsEmpty && Patterns.IsEmpty;

    public bool IsContradictory => MaxLength < MinLength || Allowed is { IsEmpty: true } || (Allowed is not null && Allowed.IsSubsetOf(Forbidden));

    public StringConstraint OneOf(IEnumerable<string> values) =>
        this with { Allowed = Allowed is null ? [.. values] : Allowed.Intersect(values) };

    /// <summary>Texts are equal for equal constraints.</summary>
    public string Key() => string.Join(
        '\0',
        new[] { $"{MinLength}-{MaxLength}", Allowed is null ? "*" : "=" + string.Join('\u0001', Allowed.Order(StringComparer.Ordinal)) }
            .Append(string.Join('\u0001', Forbidden.Order(StringComparer.Ordinal)))
            .Concat(Patterns.Select(pattern => $"{pattern.Holds}{pattern.IsFormat}{pattern.Text}").Order(StringComparer.Ordinal)));
}
