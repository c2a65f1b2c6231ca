using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas;

/// <summary>One schema of a document, read but not interpreted. Keywords that are absent are null or empty.</summary>
internal sealed class SchemaNode(int id, string pointer)
{
    /// <summary>Numbers the schemas of a document.</summary>
    public int Id { get; } = id;

    /// <summary>Where it stands, as a JSON pointer with a leading <c>#</c>.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>Set for the schemas <c>true</c> and <c>false</c>.</summary>
    public bool? Boolean { get; set; }

    public JsonTypes? Types { get; set; }

    /// <summary>The values of <c>enum</c> or <c>const</c>.</summary>
    public SchemaValues? Values { get; set; }

    public string? Reference { get; set; }

    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    public ObjectKeywords Object { get; set; } = new();

    public ArrayKeywords Array { get; set; } = new();

    public StringKeywords String { get; set; } = new();

    public NumberKeywords Number { get; set; } = new();

    public sealed record ObjectKeywords
    {
        public IReadOnlyList<(string Name, SchemaNode Schema)> Properties { get; init; } = [];

        public IReadOnlyList<(string Pattern, SchemaNode Schema)> PatternProperties { get; init; } = [];

        public SchemaNode? AdditionalProperties { get; init; }

        public SchemaNode? PropertyNames { get; init; }

        public IReadOnlyList<string> Required { get; init; } = [];

        public IReadOnlyList<(string Trigger, IReadOnlyList<string> Names)> DependentRequired { get; init; } = [];

        public IReadOnlyList<(string Trigger, SchemaNode Schema)> DependentSchemas { get; init; } = [];

        public int? MinProperties { get; init; }

        public int? MaxProperties { get; init; }
    }

    public sealed record ArrayKeywords
    {
        public IReadOnlyList<SchemaNode> PrefixItems { get; init; } = [];

        public SchemaNode? Items { get; init; }

        public SchemaNode? Contains { get; init; }

        public int? MinItems { get; init; }

        public int? MaxItems { get; init; }

        public bool UniqueItems { get; init; }
    }

    public sealed record StringKeywords
    {
        public int? MinLength { get; init; }

        public int? MaxLength { get; init; }

        public string? Pattern { get; init; }

        public string? Format { get; init; }
    }

    public sealed record NumberKeywords
    {
        public ExactDecimal? Minimum { get; init; }

        public bool MinimumExclusive { get; init; }

        public ExactDecimal? Maximum { get; init; }

        public bool MaximumExclusive { get; init; }

        public ExactDecimal? MultipleOf { get; init; }
    }
}
