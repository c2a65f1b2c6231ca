using System.Text.Json;
using InferServe.Grammar.Numbers;

namespace InferServe.Grammar.Schemas;

/// <summary>Reads the values of <c>enum</c> and <c>const</c>; objects and arrays become schemas that only they fulfil.</summary>
internal sealed class ValueReader(SchemaReader reader, GrammarLimits limits)
{
    public SchemaValues Read(IReadOnlyList<JsonElement> values, string pointer)
    {
        var types = JsonTypes.None;
        var (strings, numbers, compounds) = (new List<string>(), new List<ExactDecimal>(), new List<SchemaNode>());
        var index = 0;
        foreach (var value in values)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null:
                    types |= JsonTypes.Null;
                    break;
                case JsonValueKind.True:
                    types |= JsonTypes.True;
                    break;
                case JsonValueKind.False:
                    types |= JsonTypes.False;
                    break;
                case JsonValueKind.String:
                    types |= JsonTypes.String;
                    strings.Add(value.GetString()!);
                    break;
                case JsonValueKind.Number:
                    var number = ExactDecimal.Parse(value.GetRawText())
                        ?? throw SchemaErrors.Unsupported(pointer, "enum", $"numbers have at most {ExactDecimal.MaxDigits} digits");
                    types |= number.IsInteger ? JsonTypes.Integer : JsonTypes.Fraction;
                    numbers.Add(number);
                    break;
                case JsonValueKind.Object:
                    types |= JsonTypes.Object;
                    compounds.Add(ReadObject(value, $"{pointer}/{index}"));
                    break;
                default:
                    types |= JsonTypes.Array;
                    compounds.Add(ReadArray(value, $"{pointer}/{index}"));
                    break;
            }

            index++;
        }

        if (index > limits.MaxRules)
        {
            throw new GrammarException($"The list at {pointer} has {index} values; {nameof(GrammarLimits.MaxRules)} is {limits.MaxRules}.");
        }

        return new SchemaValues(types, strings, numbers, compounds);
    }

    private SchemaNode ReadObject(JsonElement value, string pointer)
    {
        var members = new OrderedDictionary<string, SchemaNode>();
        foreach (var property in value.EnumerateObject())
        {
            members[property.Name] = Only(property.Value, $"{pointer}/{SchemaAnchors.Escape(property.Name)}");
        }

        var node = reader.NewNode(pointer);
        node.Types = JsonTypes.Object;
        node.Object = new SchemaNode.ObjectKeywords
        {
            Properties = [.. members.Select(member => (member.Key, member.Value))],
            Required = [.. members.Keys],
            AdditionalProperties = Nothing(pointer),
        };
        return node;
    }

    private SchemaNode ReadArray(JsonElement value, string pointer)
    {
        var node = reader.NewNode(pointer);
        node.Types = JsonTypes.Array;
        node.Array = new SchemaNode.ArrayKeywords
        {
            PrefixItems = [.. value.EnumerateArray().Select((item, index) => Only(item, $"{pointer}/{index}"))],
            Items = Nothing(pointer),
            MinItems = value.GetArrayLength(),
        };
        return node;
    }

    private SchemaNode Only(JsonElement value, string pointer)
    {
        var node = reader.NewNode(pointer);
        node.Values = Read([value], pointer);
        return node;
    }

    private SchemaNode Nothing(string pointer)
    {
        var node = reader.NewNode(pointer);
        node.Boolean = false;
        return node;
    }
}
