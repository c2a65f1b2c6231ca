using System.Text.Json;
using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas;

/// <summary>Reads the keywords of one schema. Unknown keywords are annotations (2020-12 core, 6.5); known ones that cannot be followed are refused.</summary>
internal sealed class KeywordReader(SchemaReader reader, JsonElement schema, SchemaNode node, GrammarLimits limits)
{
    private const int MaxCount = 50_000_000;

    private static readonly string[] s_neverFollowed = ["$dynamicRef", "$recursiveRef", "maxContains"];
    private static readonly string[] s_unevaluated = ["unevaluatedProperties", "unevaluatedItems"];
    private static readonly string[] s_combining =
        ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas", "dependencies", "contains"];

    public void Read()
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            node.Reference = Text("$ref", reference);
            if (reader.ReferencesStandAlone)
            {
                return;
            }
        }

        RefuseWhatCannotBeFollowed();
        ReadTypes();
        ReadValues();
        node.AllOf = [.. node.AllOf, .. Schemas("allOf")];
        node.AnyOf = Schemas("anyOf");
        node.OneOf = Schemas("oneOf");
        node.Not = Schema("not");
        node.If = Schema("if");
        node.Then = node.If is null ? null : Schema("then");
        node.Else = node.If is null ? null : Schema("else");
        ReadObject();
        ReadArray();
        node.String = new SchemaNode.StringKeywords
        {
            MinLength = Count("minLength"),
            MaxLength = Count("maxLength"),
            Pattern = Find("pattern") is { } pattern ? Text("pattern", pattern) : null,
            Format = Find("format") is { } format ? Text("format", format) : null,
        };
        ReadNumber();
    }

    private void RefuseWhatCannotBeFollowed()
    {
        foreach (var property in schema.EnumerateObject().Where(property => SchemaDialects.Since(property.Name) > reader.Dialect))
        {
            throw SchemaErrors.Unsupported(node.Pointer, property.Name, "it came with a later draft than the one that \"$schema\" names");
        }

        foreach (var keyword in s_neverFollowed)
        {
            if (Find(keyword) is not null)
            {
                throw SchemaErrors.Unsupported(node.Pointer, keyword, "it cannot be followed exactly");
            }
        }

        if (Count("minContains") > 1)
        {
            throw SchemaErrors.Unsupported(node.Pointer, "minContains", "only 0 and 1 can be followed exactly");
        }

        foreach (var keyword in s_unevaluated)
        {
            if (Find(keyword) is { ValueKind: not JsonValueKind.True } && s_combining.Any(other => Find(other) is not null))
            {
                throw SchemaErrors.Unsupported(node.Pointer, keyword, "beside keywords that combine schemas it cannot be followed exactly");
            }
        }
    }

    private void ReadTypes()
    {
        if (Find("type") is not { } value)
        {
            return;
        }

        var names = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value];
        var types = JsonTypes.None;
        foreach (var name in names)
        {
            types |= (name.ValueKind == JsonValueKind.String ? name.GetString() : null) switch
            {
                "null" => JsonTypes.Null,
                "boolean" => JsonTypes.Boolean,
                "integer" => JsonTypes.Integer,
                "number" => JsonTypes.Number,
                "string" => JsonTypes.String,
                "array" => JsonTypes.Array,
                "object" => JsonTypes.Object,
                "any" when reader.ReferencesStandAlone => JsonTypes.All,
                _ => throw SchemaErrors.Malformed(node.Pointer, "type", "the name of a type or a list of them", value),
            };
        }

        node.Types = types;
    }

    private void ReadValues()
    {
        if (Find("enum") is { } list)
        {
            node.Values = list.ValueKind == JsonValueKind.Array
                ? new ValueReader(reader, limits).Read([.. list.EnumerateArray()], node.Pointer + "/enum")
                : throw SchemaErrors.Malformed(node.Pointer, "enum", "a list", list);
        }

        if (Find("const") is { } constant)
        {
            var values = new ValueReader(reader, limits).Read([constant], node.Pointer + "/const");
            if (node.Values is null)
            {
                node.Values = values;
                return;
            }

            var both = reader.NewNode(node.Pointer);
            both.Values = values;
            node.AllOf = [.. node.AllOf, both];
        }
    }

    private void ReadObject()
    {
        var dependencies = Members("dependencies");
        node.Object = new SchemaNode.ObjectKeywords
        {
            Properties = [.. SchemaMembers("properties")],
            PatternProperties = [.. SchemaMembers("patternProperties")],
            AdditionalProperties = Schema("additionalProperties") ?? Schema("unevaluatedProperties"),
            PropertyNames = Schema("propertyNames"),
            Required = Find("required") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } required ? Texts("required", required) : [],
            DependentRequired =
            [
                .. Members("dependentRequired").Select(member => (member.Name, Texts("dependentRequired", member.Value))),
                .. dependencies.Where(member => member.Value.ValueKind == JsonValueKind.Array)
                    .Select(member => (member.Name, Texts("dependencies", member.Value))),
                .. dependencies.Where(member => member.Value.ValueKind == JsonValueKind.String)
                    .Select(member => (member.Name, (IReadOnlyList<string>)[member.Value.GetString()!])),
            ],
            DependentSchemas =
            [
                .. SchemaMembers("dependentSchemas"),
                .. dependencies.Where(member => member.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.String))
                    .Select(member => (member.Name, reader.Read(member.Value, PointerTo("dependencies", member.Name)))),
            ],
            MinProperties = Count("minProperties"),
            MaxProperties = Count("maxProperties"),
        };
    }

    private void ReadArray()
    {
        var items = Find("items");
        var isList = items is { ValueKind: JsonValueKind.Array };
        node.Array = new SchemaNode.ArrayKeywords
        {
            PrefixItems = isList ? Schemas("items") : Schemas("prefixItems"),
            Items = Schema(isList ? "additionalItems" : "items") ?? Schema("unevaluatedItems"),
            Contains = Count("minContains") == 0 ? null : Schema("contains"),
            MinItems = Count("minItems"),
            MaxItems = Count("maxItems"),
            UniqueItems = Find("uniqueItems") is { ValueKind: JsonValueKind.True },
        };
    }

    private void ReadNumber()
    {
        var (minimum, minimumExclusive) = (Number("minimum"), false);
        var (maximum, maximumExclusive) = (Number("maximum"), false);
        if (Find("exclusiveMinimum") is { } lower)
        {
            minimumExclusive = lower.ValueKind == JsonValueKind.True;
            if (lower.ValueKind == JsonValueKind.Number && Number("exclusiveMinimum") is { } bound
                && (minimum is null || ExactDecimal.Compare(bound, minimum.Value) >= 0))
            {
                (minimum, minimumExclusive) = (bound, true);
            }
        }

        if (Find("exclusiveMaximum") is { } upper)
        {
            maximumExclusive = upper.ValueKind == JsonValueKind.True;
            if (upper.ValueKind == JsonValueKind.Number && Number("exclusiveMaximum") is { } bound
                && (maximum is null || ExactDecimal.Compare(bound, maximum.Value) <= 0))
            {
                (maximum, maximumExclusive) = (bound, true);
            }
        }

        var divisor = Number("multipleOf");
        if (divisor is { Sign: <= 0 })
        {
            throw SchemaErrors.Malformed(node.Pointer, "multipleOf", "above 0", Find("multipleOf")!.Value);
        }

        node.Number = new SchemaNode.NumberKeywords
        {
            Minimum = minimum,
            MinimumExclusive = minimumExclusive,
            Maximum = maximum,
            MaximumExclusive = maximumExclusive,
            MultipleOf = divisor,
        };
    }

    private JsonElement? Find(string keyword) => schema.TryGetProperty(keyword, out var value) ? value : null;

    private string PointerTo(string keyword, string name) => $"{node.Pointer}/{keyword}/{SchemaAnchors.Escape(name)}";

    private SchemaNode? Schema(string keyword) => Find(keyword) is { } value ? reader.Read(value, $"{node.Pointer}/{keyword}") : null;

    private List<SchemaNode> Schemas(string keyword)
    {
        if (Find(keyword) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select((item, index) => reader.Read(item, $"{node.Pointer}/{keyword}/{index}"))]
            : throw SchemaErrors.Malformed(node.Pointer, keyword, "a list of schemas", value);
    }

    private IEnumerable<(string Name, SchemaNode Schema)> SchemaMembers(string keyword) =>
        Members(keyword).Select(member => (member.Name, reader.Read(member.Value, PointerTo(keyword, member.Name))));

    private IReadOnlyCollection<(string Name, JsonElement Value)> Members(string keyword)
    {
        if (Find(keyword) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw SchemaErrors.Malformed(node.Pointer, keyword, "an object", value);
        }

        // Of repeated names the last one counts, at the place of the first.
        var members = new OrderedDictionary<string, JsonElement>();
        foreach (var property in value.EnumerateObject())
        {
            members[property.Name] = property.Value;
        }

        return [.. members.Select(member => (member.Key, member.Value))];
    }

    private string Text(string keyword, JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw SchemaErrors.Malformed(node.Pointer, keyword, "a text", value);

    private IReadOnlyList<string> Texts(string keyword, JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => Text(keyword, item))]
        : throw SchemaErrors.Malformed(node.Pointer, keyword, "a list of texts", value);

    private ExactDecimal? Number(string keyword)
    {
        if (Find(keyword) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number
            ? ExactDecimal.Parse(value.GetRawText()) ?? throw SchemaErrors.Unsupported(node.Pointer, keyword, $"numbers have at most {ExactDecimal.MaxDigits} digits")
            : throw SchemaErrors.Malformed(node.Pointer, keyword, "a number", value);
    }

    private int? Count(string keyword)
    {
        if (Number(keyword) is not { } number)
        {
            return null;
        }

        if (!number.IsInteger || number.Sign < 0)
        {
            throw SchemaErrors.Malformed(node.Pointer, keyword, "a count", Find(keyword)!.Value);
        }

        // No text of any model is as long as this, so larger counts mean the same.
        return int.TryParse(number.ToString(), out var count) ? Math.Min(count, MaxCount) : MaxCount;
    }
}
