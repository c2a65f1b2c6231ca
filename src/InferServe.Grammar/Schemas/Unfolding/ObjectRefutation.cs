namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>The ways in which an object can fail to fulfil a schema.</summary>
internal static class ObjectRefutation
{
    public static void Add(List<Option> options, SchemaNode node)
    {
        var keywords = node.Object;
        foreach (var (name, schema) in keywords.Properties.Where(member => member.Schema.Boolean != true))
        {
            Restrict(value => value with { Required = value.Required.Add(name), Scopes = value.Scopes.Add(OneProperty(name, new Literal(schema, false))) });
        }

        foreach (var (pattern, schema) in keywords.PatternProperties.Where(member => member.Schema.Boolean != true))
        {
            Restrict(value => value with { Witnesses = value.Witnesses.Add(new MemberWitness(new Literal(schema, false), Pattern: (pattern, node.Pointer))) });
        }

        if (keywords.AdditionalProperties is { Boolean: not true } additional)
        {
            var witness = new MemberWitness(new Literal(additional, false), AdditionalOf: ObjectScope.Of(node));
            Restrict(value => value with { Witnesses = value.Witnesses.Add(witness) });
        }

        if (keywords.PropertyNames is { Boolean: not true } names)
        {
            Restrict(value => value with { Witnesses = value.Witnesses.Add(new MemberWitness(null, NotNamed: names)) });
        }

        foreach (var name in keywords.Required)
        {
            Restrict(value => value with { Forbidden = value.Forbidden.Add(name) });
        }

        foreach (var (trigger, dependents) in keywords.DependentRequired)
        {
            foreach (var name in dependents)
            {
                Restrict(value => value with { Required = value.Required.Add(trigger), Forbidden = value.Forbidden.Add(name) });
            }
        }

        foreach (var (trigger, schema) in keywords.DependentSchemas)
        {
            options.Add(Option.Of(
                conjunction => conjunction.Only(JsonTypes.Object) with
                {
                    Object = conjunction.Object with { Required = conjunction.Object.Required.Add(trigger) },
                },
                new Literal(schema, false)));
        }

        if (keywords.MinProperties is { } min and > 0)
        {
            Restrict(value => value with { MaxMembers = Math.Min(value.MaxMembers ?? min - 1, min - 1) });
        }

        if (keywords.MaxProperties is { } max)
        {
            Restrict(value => value with { MinMembers = Math.Max(value.MinMembers, max + 1) });
        }

        void Restrict(Func<ObjectConstraint, ObjectConstraint> restrict) => options.Add(Option.Of(conjunction =>
            conjunction.Only(JsonTypes.Object) with { Object = restrict(conjunction.Object) }));
    }

    private static ObjectScope OneProperty(string name, Literal value) => new(new Dictionary<string, Literal> { [name] = value }, [], null);
}
