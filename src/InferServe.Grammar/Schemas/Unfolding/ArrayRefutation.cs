namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>The ways in which an array can fail to fulfil a schema.</summary>
internal static class ArrayRefutation
{
    public static void Add(List<Option> options, SchemaNode node)
    {
        var keywords = node.Array;
        for (var index = 0; index < keywords.PrefixItems.Count; index++)
        {
            var place = index;
            var prefix = new Literal?[place + 1];
            prefix[place] = new Literal(keywords.PrefixItems[place], false);
            Restrict(value => value with
            {
                MinElements = Math.Max(value.MinElements, place + 1),
                Scopes = value.Scopes.Add(new ArrayScope(prefix, null)),
            });
        }

        if (keywords.Items is { Boolean: not true } items)
        {
            Restrict(value => value with { Witnesses = value.Witnesses.Add((new Literal(items, false), keywords.PrefixItems.Count)) });
        }

        if (keywords.Contains is { } contains)
        {
            Restrict(value => value with { Scopes = value.Scopes.Add(new ArrayScope([], new Literal(contains, false))) });
        }

        if (keywords.MinItems is { } min and > 0)
        {
            Restrict(value => value with { MaxElements = Math.Min(value.MaxElements ?? min - 1, min - 1) });
        }

        if (keywords.MaxItems is { } max)
        {
            Restrict(value => value with { MinElements = Math.Max(value.MinElements, max + 1) });
        }

        if (keywords.UniqueItems)
        {
            options.Add(Option.Of(_ => throw SchemaErrors.Unsupported(node.Pointer, "uniqueItems", "that it does not hold cannot be followed exactly")));
        }

        void Restrict(Func<ArrayConstraint, ArrayConstraint> restrict) => options.Add(Option.Of(conjunction =>
            conjunction.Only(JsonTypes.Array) with { Array = restrict(conjunction.Array) }));
    }
}
