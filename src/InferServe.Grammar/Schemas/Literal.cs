namespace InferServe.Grammar.Schemas;

/// <summary>That a value fulfils a schema, or that it does not.</summary>
internal readonly record struct Literal(SchemaNode Schema, bool Holds)
{
    public Literal Negated => new(Schema, !Holds);

    /// <summary>Orders literals and tells them apart.</summary>
    public int Key => (Schema.Id * 2) + (Holds ? 0 : 1);
}
