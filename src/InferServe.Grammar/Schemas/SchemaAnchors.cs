using System.Globalization;
using System.Text.Json;

namespace InferServe.Grammar.Schemas;

/// <summary>
/// Finds the places that references name. A schema with an identifier is a resource of its own: references within it, and its anchors, are
/// relative to that identifier (2020-12 core, 8.2).
/// </summary>
internal sealed class SchemaAnchors
{
    /// <summary>Stands for the address of a document that does not say its own.</summary>
    private static readonly Uri s_unnamed = new("http://document.invalid/");

    private static readonly string[] s_maps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];
    private static readonly string[] s_values = ["enum", "const", "default", "examples"];

    private readonly JsonElement _document;
    private readonly SchemaDialect _dialect;
    private readonly Dictionary<string, string> _pointerOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> _baseOf = new(StringComparer.Ordinal) { ["#"] = s_unnamed };

    public SchemaAnchors(JsonElement document, SchemaDialect dialect)
    {
        _document = document;
        _dialect = dialect;
        var pending = new Stack<(JsonElement Element, string Pointer, Uri Base, bool IsMap)>();
        pending.Push((document, "#", s_unnamed, false));
        while (pending.TryPop(out var place))
        {
            if (place.Element.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, item) in place.Element.EnumerateArray().Index())
                {
                    pending.Push((item, $"{place.Pointer}/{index}", place.Base, false));
                }
            }
            else if (place.Element.ValueKind == JsonValueKind.Object)
            {
                var address = place.IsMap ? place.Base : Register(place.Element, place.Pointer, place.Base);
                foreach (var property in place.Element.EnumerateObject().Where(property => place.IsMap || !s_values.Contains(property.Name)))
                {
                    pending.Push((property.Value, $"{place.Pointer}/{Escape(property.Name)}", address, !place.IsMap && s_maps.Contains(property.Name)));
                }
            }
        }
    }

    /// <summary>The pointer of the schema that a reference names.</summary>
    /// <exception cref="GrammarException">It does not lie within the document.</exception>
    public string Resolve(SchemaNode asker)
    {
        var parts = asker.Reference!.Split('#', 2);
        var (resource, address) = ResourceOf(asker.Pointer);
        if (parts[0].Length > 0 && (!TryCombine(address, parts[0], out address) || !_pointerOf.TryGetValue(address.AbsoluteUri, out resource!)))
        {
            throw OutOfTheDocument(asker);
        }

        var fragment = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : string.Empty);
        if (fragment.Length == 0 || fragment[0] == '/')
        {
            return resource + fragment;
        }

        return _pointerOf.TryGetValue($"{address.AbsoluteUri}#{fragment}", out var anchored) ? anchored : throw OutOfTheDocument(asker);
    }

    /// <summary>The value at a pointer that begins with <c>#</c> (RFC 6901).</summary>
    /// <exception cref="GrammarException">There is nothing.</exception>
    public JsonElement Find(string pointer, SchemaNode asker)
    {
        var element = _document;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var found = element.ValueKind switch
            {
                JsonValueKind.Object => element.TryGetProperty(name, out element),
                JsonValueKind.Array => TryGetItem(ref element, name),
                _ => false,
            };
            if (!found)
            {
                throw new GrammarException($"The keyword \"$ref\" at {asker.Pointer} names {asker.Reference}, where there is nothing.");
            }
        }

        return element;
    }

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Takes in the identifiers of one schema; returns the address that holds within it.</summary>
    private Uri Register(JsonElement schema, string pointer, Uri address)
    {
        // Up to draft-07 nothing beside a reference counts.
        if (_dialect < SchemaDialect.Draft201909 && schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            return address;
        }

        if (Text(schema, _dialect == SchemaDialect.Draft04 ? "id" : "$id") is { } id)
        {
            if (id.StartsWith('#') && id.Length > 1)
            {
                _pointerOf.TryAdd(address.AbsoluteUri + id, pointer);
            }
            else if (TryCombine(address, id.TrimEnd('#'), out var own))
            {
                address = own;
                _baseOf[pointer] = own;
                _pointerOf.TryAdd(own.AbsoluteUri, pointer);
            }
        }

        foreach (var keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
        {
            if (Text(schema, keyword) is { } anchor)
            {
                _pointerOf.TryAdd($"{address.AbsoluteUri}#{anchor}", pointer);
            }
        }

        return address;
    }

    private (string Pointer, Uri Base) ResourceOf(string pointer)
    {
        while (!_baseOf.ContainsKey(pointer))
        {
            pointer = pointer[..pointer.LastIndexOf('/')];
        }

        return (pointer, _baseOf[pointer]);
    }

    private static string? Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryCombine(Uri address, string reference, out Uri combined)
    {
        var possible = Uri.TryCreate(address, reference, out var result) && result.IsAbsoluteUri;
        combined = possible ? new Uri(result!.GetLeftPart(UriPartial.Query)) : address;
        return possible;
    }

    private static GrammarException OutOfTheDocument(SchemaNode asker) =>
        SchemaErrors.Unsupported(asker.Pointer, "$ref", $"\"{asker.Reference}\" does not lie within the document");

    private static bool TryGetItem(ref JsonElement element, string name)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= element.GetArrayLength())
        {
            return false;
        }

        element = element[index];
        return true;
    }
}
