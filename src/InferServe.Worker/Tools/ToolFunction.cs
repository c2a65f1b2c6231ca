using System.Text.Json;

namespace InferServe.Worker.Tools;

/// <summary>A function that a request offers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The JSON schema of its arguments; null when the request gives none.</param>
/// <param name="Strict">Whether arguments must fit the schema.</param>
internal sealed record ToolFunction(string Name, JsonElement? Parameters, bool Strict)
{
    /// <summary>The schema of one argument, or null.</summary>
    public JsonElement? Parameter(string name) =>
        Parameters is { ValueKind: JsonValueKind.Object } schema
        && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(name, out var parameter)
            ? parameter
            : null;
}
