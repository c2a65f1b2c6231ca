using System.Text.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>
/// Reads the schemas of one document. Schemas are read when something refers to them, so that definitions nobody uses cannot fail.
/// Recursion is bounded by the nesting of the document.
/// </summary>
internal sealed class SchemaReader
{
    private readonly JsonElement _document;
    private readonly GrammarLimits _limits;
    private readonly Dictionary<string, SchemaNode> _byPointer = [];
    private readonly List<SchemaNode> _nodes = [];
    private SchemaAnchors? _anchors;

    public SchemaReader(JsonElement document, GrammarLimits limits)
    {
        _document = document;
        _limits = limits;
        Dialect = SchemaDialects.Of(document);
    }

    /// <summary>The draft that the document is written in.</summary>
    public SchemaDialect Dialect { get; }

    /// <summary>Whether keywords beside <c>$ref</c> mean nothing, as up to draft-07.</summary>
    public bool ReferencesStandAlone => Dialect < SchemaDialect.Draft201909;

    public SchemaNode this[int id] => _nodes[id];

    public int Count => _nodes.Count;

    public SchemaNode ReadRoot() => Read(_document, "#");

    /// <summary>The schema that <c>$ref</c> of a schema names.</summary>
    public SchemaNode Resolve(SchemaNode node)
    {
        _anchors ??= new SchemaAnchors(_document, Dialect);
        var pointer = _anchors.Resolve(node);
        return _byPointer.TryGetValue(pointer, out var known) ? known : Read(_anchors.Find(pointer, node), pointer);
    }

    /// <summary>Reads the schema at a pointer, once.</summary>
    public SchemaNode Read(JsonElement element, string pointer)
    {
        if (_byPointer.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var node = NewNode(pointer);
        _byPointer.Add(pointer, node);
        switch (element.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                node.Boolean = element.GetBoolean();
                break;
            case JsonValueKind.Object:
                new KeywordReader(this, element, node, _limits).Read();
                break;
            default:
                throw new GrammarException($"The schema at {pointer} must be an object or a boolean; it is {SchemaErrors.Describe(element)}.");
        }

        return node;
    }

    public SchemaNode NewNode(string pointer)
    {
        if (_nodes.Count >= _limits.MaxRules)
        {
            throw new GrammarException($"The document has more than {nameof(GrammarLimits.MaxRules)} = {_limits.MaxRules} schemas.");
        }

        var node = new SchemaNode(_nodes.Count, pointer);
        _nodes.Add(node);
        return node;
    }
}
