using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferServe.Gateway.Registry;

/// <summary>A JSON value that knows its place in the text.</summary>
internal sealed class PlacedJson
{
    public required JsonValueKind Kind { get; init; }

    /// <summary>JSON path from the root <c>$</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Character in the line, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The unescaped text of a string, the literal text of a number; empty for the other kinds.</summary>
    public string Text { get; init; } = "";

    /// <summary>Elements of an array.</summary>
    public List<PlacedJson> Items { get; } = [];

    /// <summary>Members of an object in the order of the text, repeated names included.</summary>
    public List<PlacedProperty> Properties { get; } = [];

    /// <summary>The value as JSON, without its place; of several members with one name the last.</summary>
    public string ToJson() => ToNode()?.ToJsonString() ?? "null";

    private JsonNode? ToNode()
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                var node = new JsonObject();
                foreach (var property in Properties)
                {
                    node[property.Name] = property.Value.ToNode();
                }

                return node;
            case JsonValueKind.Array:
                return new JsonArray([.. Items.Select(item => item.ToNode())]);
            case JsonValueKind.String:
                return JsonValue.Create(Text);
            case JsonValueKind.Number:
                return JsonNode.Parse(Text);
            default:
                return Kind is JsonValueKind.Null ? null : JsonValue.Create(Kind is JsonValueKind.True);
        }
    }
}

/// <summary>A member of a JSON object; the place is that of its name.</summary>
internal sealed record PlacedProperty(string Name, int Line, int Column, PlacedJson Value);
