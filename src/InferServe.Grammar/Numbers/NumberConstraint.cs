namespace InferServe.Grammar.Numbers;

/// <summary>What a number has to fulfil. Immutable.</summary>
internal sealed record NumberConstraint
{
    public bool Integers { get; init; } = true;

    public bool Fractions { get; init; } = true;

    public ExactDecimal? Lower { get; init; }

    public bool LowerExclusive { get; init; }

    public ExactDecimal? Upper { get; init; }

    public bool UpperExclusive { get; init; }

    public IReadOnlyList<ExactDecimal> MultiplesOf { get; init; } = [];

    public IReadOnlyList<ExactDecimal> NotMultiplesOf { get; init; } = [];

    public IReadOnlyList<ExactDecimal> Forbidden { get; init; } = [];

    /// <summary>The only values, or null for all.</summary>
    public IReadOnlyList<ExactDecimal>? Allowed { get; init; }

    /// <summary>Whether no number can fulfil it, as far as bounds and lists tell.</summary>
    public bool IsContradictory
    {
        get
        {
            if ((!Integers && !Fractions) || Allowed is { Count: 0 })
            {
                return true;
            }

            if (Lower is not { } lower || Upper is not { } upper)
            {
                return false;
            }

            var order = ExactDecimal.Compare(lower, upper);
            return order > 0 || (order == 0 && (LowerExclusive || UpperExclusive));
        }
    }

    /// <summary>With one more lower bound; the tighter one counts.</summary>
    public NumberConstraint AtLeast(ExactDecimal bound, bool exclusive)
    {
        var order = Lower is { } lower ? ExactDecimal.Compare(bound, lower) : 1;
        return order > 0 || (order == 0 && exclusive) ? this with { Lower = bound, LowerExclusive = exclusive } : this;
    }

    /// <summary>With one more upper bound; the tighter one counts.</summary>
    public NumberConstraint AtMost(ExactDecimal bound, bool exclusive)
    {
        var order = Upper is { } upper ? ExactDecimal.Compare(bound, upper) : -1;
        return order < 0 || (order == 0 && exclusive) ? this with { Upper = bound, UpperExclusive = exclusive } : this;
    }

    /// <summary>With only those values that are in the list as well.</summary>
    public NumberConstraint OneOf(IReadOnlyList<ExactDecimal> values) =>
        this with { Allowed = Allowed is null ? values : [.. Allowed.Intersect(values)] };

    /// <summary>Texts are equal for equal constraints.</summary>
    public string Key() => string.Join(
        '|',
        Integers,
        Fractions,
        Lower,
        LowerExclusive,
        Upper,
        UpperExclusive,
        string.Join(',', MultiplesOf),
        string.Join(',', NotMultiplesOf),
        string.Join(',', Forbidden),
        Allowed is null ? "*" : string.Join(',', Allowed));
}
