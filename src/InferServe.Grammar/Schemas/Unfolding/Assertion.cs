using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>Takes in the keywords of a schema that has to hold and say something about values themselves.</summary>
internal static class Assertion
{
    public static Conjunction Apply(Conjunction conjunction, SchemaNode node)
    {
        var result = conjunction.Only(node.Types ?? JsonTypes.All);
        if (node.Values is { } values)
        {
            result = result.Only(values.Types) with
            {
                String = result.String.OneOf(values.Strings),
                Number = result.Number.OneOf(values.Numbers),
            };
        }

        return result with
        {
            String = Apply(result.String, node),
            Number = Apply(result.Number, node.Number),
            Object = Apply(result.Object, node),
            Array = Apply(result.Array, node),
        };
    }

    private static StringConstraint Apply(StringConstraint constraint, SchemaNode node)
    {
        var keywords = node.String;
        var patterns = constraint.Patterns;
        if (keywords.Pattern is { } pattern)
        {
            patterns = patterns.Add(new StringPattern(pattern, false, true, node.Pointer));
        }

        if (keywords.Format is { } format && StringFormats.IsAsserted(format))
        {
            patterns = patterns.Add(new StringPattern(format, true, true, node.Pointer));
        }

        return constraint with
        {
            MinLength = Math.Max(constraint.MinLength, keywords.MinLength ?? 0),
            MaxLength = Min(constraint.MaxLength, keywords.MaxLength),
            Patterns = patterns,
        };
    }

    private static NumberConstraint Apply(NumberConstraint constraint, SchemaNode.NumberKeywords keywords)
    {
        var result = keywords.Minimum is { } minimum ? constraint.AtLeast(minimum, keywords.MinimumExclusive) : constraint;
        result = keywords.Maximum is { } maximum ? result.AtMost(maximum, keywords.MaximumExclusive) : result;
        return keywords.MultipleOf is { } divisor && !result.MultiplesOf.Contains(divisor)
            ? result with { MultiplesOf = [.. result.MultiplesOf, divisor] }
            : result;
    }

    private static ObjectConstraint Apply(ObjectConstraint constraint, SchemaNode node)
    {
        var keywords = node.Object;
        var hasScope = keywords.Properties.Count > 0 || keywords.PatternProperties.Count > 0 || keywords.AdditionalProperties is { Boolean: not true };
        return constraint with
        {
            Scopes = hasScope ? constraint.Scopes.Add(ObjectScope.Of(node)) : constraint.Scopes,
            Required = constraint.Required.Union(keywords.Required),
            Dependents = constraint.Dependents.AddRange(keywords.DependentRequired),
            Names = keywords.PropertyNames is { } names ? constraint.Names.Add(new Literal(names, true)) : constraint.Names,
            MinMembers = Math.Max(constraint.MinMembers, keywords.MinProperties ?? 0),
            MaxMembers = Min(constraint.MaxMembers, keywords.MaxProperties),
        };
    }

    private static ArrayConstraint Apply(ArrayConstraint constraint, SchemaNode node)
    {
        var keywords = node.Array;
        var hasScope = keywords.PrefixItems.Count > 0 || keywords.Items is not null;
        return constraint with
        {
            Scopes = hasScope ? constraint.Scopes.Add(ArrayScope.Of(node)) : constraint.Scopes,
            Witnesses = keywords.Contains is { } contains ? constraint.Witnesses.Add((new Literal(contains, true), 0)) : constraint.Witnesses,
            MinElements = Math.Max(constraint.MinElements, keywords.MinItems ?? 0),
            MaxElements = Min(constraint.MaxElements, keywords.MaxItems),
            UniqueAt = keywords.UniqueItems ? node.Pointer : constraint.UniqueAt,
        };
    }

    private static int? Min(int? left, int? right) => left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
}
