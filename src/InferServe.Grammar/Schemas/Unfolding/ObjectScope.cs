namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>The keywords of one schema that together say which schema a member is subject to.</summary>
/// <param name="Properties">By key.</param>
/// <param name="Patterns">By regular expression; the pointer is the place of the schema that has it.</param>
/// <param name="Additional">For keys that neither names.</param>
internal sealed record ObjectScope(
    IReadOnlyDictionary<string, Literal> Properties,
    IReadOnlyList<(string Pattern, string Pointer, Literal Value)> Patterns,
    Literal? Additional)
{
    public static ObjectScope Of(SchemaNode node) => new(
        node.Object.Properties.ToDictionary(member => member.Name, member => new Literal(member.Schema, true)),
        [.. node.Object.PatternProperties.Select(member => (member.Pattern, node.Pointer, new Literal(member.Schema, true)))],
        node.Object.AdditionalProperties is { } additional ? new Literal(additional, true) : null);

    /// <summary>Whether the key is left to <see cref="Additional"/>.</summary>
    public bool IsAdditional(string? name, Func<string, bool> matches) =>
        !(name is not null && Properties.ContainsKey(name)) && !Patterns.Any(pattern => matches(pattern.Pattern));

    public IEnumerable<Literal> ValueOf(string? name, Func<string, bool> matches)
    {
        if (name is not null && Properties.TryGetValue(name, out var property))
        {
            yield return property;
        }

        foreach (var (pattern, _, value) in Patterns)
        {
            if (matches(pattern))
            {
                yield return value;
            }
        }

        if (Additional is { } additional && IsAdditional(name, matches))
        {
            yield return additional;
        }
    }
}
