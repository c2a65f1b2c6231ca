namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>The keywords of one schema that together say which schema an element is subject to.</summary>
/// <param name="Prefix">For the first places; null: anything.</param>
/// <param name="Rest">For all others.</param>
internal sealed record ArrayScope(IReadOnlyList<Literal?> Prefix, Literal? Rest)
{
    public static ArrayScope Of(SchemaNode node) => new(
        [.. node.Array.PrefixItems.Select(schema => (Literal?)new Literal(schema, true))],
        node.Array.Items is { } items ? new Literal(items, true) : null);

    public Literal? ElementAt(int index) => index < Prefix.Count ? Prefix[index] : Rest;
}
