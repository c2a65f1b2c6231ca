using System.Text.Json;
using System.Text.Json.Nodes;

namespace InferServe.LoadTests.Scenarios.Json;

/// <summary>Turns a <see cref="PlacedNode"/> back into JSON.</summary>
internal static class PlainJson
{
    public static JsonNode? Of(PlacedNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach ((string name, PlacedNode value) in node.Members)
                {
                    members[name] = Of(value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. node.Items.Select(Of)]);
            case JsonValueKind.String:
                return JsonValue.Create(node.Text);
            case JsonValueKind.Number:
                return JsonNode.Parse(node.Text);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(node.Kind == JsonValueKind.True);
        }
    }
}
