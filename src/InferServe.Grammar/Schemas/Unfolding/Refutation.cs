using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>The ways in which a value can fail to fulfil a schema: one option for each keyword, and for each part of it.</summary>
internal static class Refutation
{
    public static List<Option> OptionsOf(SchemaNode node, SchemaReader reader)
    {
        var options = new List<Option>();
        if (node.Reference is not null)
        {
            options.Add(Option.Of(new Literal(reader.Resolve(node), false)));
        }

        if (node.Types is { } types && types != JsonTypes.All)
        {
            options.Add(Option.Of(conjunction => conjunction.Only(~types)));
        }

        if (node.Values is { } values)
        {
            options.Add(NoneOf(values));
        }

        options.AddRange(node.AllOf.Select(part => Option.Of(new Literal(part, false))));
        if (node.AnyOf.Count > 0)
        {
            options.Add(Option.Of([.. node.AnyOf.Select(part => new Literal(part, false))]));
        }

        AddOneOf(options, node.OneOf);
        if (node.Not is { } not)
        {
            options.Add(Option.Of(new Literal(not, true)));
        }

        if (node is { If: { } condition, Then: { } then })
        {
            options.Add(Option.Of(new Literal(condition, true), new Literal(then, false)));
        }

        if (node is { If: { } otherwise, Else: { } @else })
        {
            options.Add(Option.Of(new Literal(otherwise, false), new Literal(@else, false)));
        }

        AddString(options, node);
        AddNumber(options, node.Number);
        ObjectRefutation.Add(options, node);
        ArrayRefutation.Add(options, node);
        return options;
    }

    private static Option NoneOf(SchemaValues values)
    {
        var constants = values.Types & (JsonTypes.Null | JsonTypes.Boolean);
        return Option.Of(
            conjunction => conjunction.Only(~constants) with
            {
                String = conjunction.String with { Forbidden = conjunction.String.Forbidden.Union(values.Strings) },
                Number = conjunction.Number with { Forbidden = [.. conjunction.Number.Forbidden.Union(values.Numbers)] },
            },
            [.. values.Compounds.Select(compound => new Literal(compound, false))]);
    }

    private static void AddOneOf(List<Option> options, IReadOnlyList<SchemaNode> oneOf)
    {
        if (oneOf.Count == 0)
        {
            return;
        }

        options.Add(Option.Of([.. oneOf.Select(part => new Literal(part, false))]));
        for (var i = 0; i < oneOf.Count; i++)
        {
            for (var j = i + 1; j < oneOf.Count; j++)
            {
                options.Add(Option.Of(new Literal(oneOf[i], true), new Literal(oneOf[j], true)));
            }
        }
    }

    private static void AddString(List<Option> options, SchemaNode node)
    {
        if (node.String.Pattern is { } pattern)
        {
            AddPattern(new StringPattern(pattern, false, false, node.Pointer));
        }

        if (node.String.Format is { } format && StringFormats.IsAsserted(format))
        {
            AddPattern(new StringPattern(format, true, false, node.Pointer));
        }

        if (node.String.MinLength is { } min and > 0)
        {
            options.Add(Option.Of(conjunction => conjunction.Only(JsonTypes.String) with
            {
                String = conjunction.String with { MaxLength = Math.Min(conjunction.String.MaxLength ?? min - 1, min - 1) },
            }));
        }

        if (node.String.MaxLength is { } max)
        {
            options.Add(Option.Of(conjunction => conjunction.Only(JsonTypes.String) with
            {
                String = conjunction.String with { MinLength = Math.Max(conjunction.String.MinLength, max + 1) },
            }));
        }

        void AddPattern(StringPattern failed) => options.Add(Option.Of(conjunction => conjunction.Only(JsonTypes.String) with
        {
            String = conjunction.String with { Patterns = conjunction.String.Patterns.Add(failed) },
        }));
    }

    private static void AddNumber(List<Option> options, SchemaNode.NumberKeywords keywords)
    {
        if (keywords.Minimum is { } minimum)
        {
            AddNumber(number => number.AtMost(minimum, !keywords.MinimumExclusive));
        }

        if (keywords.Maximum is { } maximum)
        {
            AddNumber(number => number.AtLeast(maximum, !keywords.MaximumExclusive));
        }

        if (keywords.MultipleOf is { } divisor)
        {
            AddNumber(number => number with { NotMultiplesOf = [.. number.NotMultiplesOf, divisor] });
        }

        void AddNumber(Func<NumberConstraint, NumberConstraint> restrict) => options.Add(Option.Of(conjunction =>
            conjunction.Only(JsonTypes.Number) with { Number = restrict(conjunction.Number) }));
    }
}
