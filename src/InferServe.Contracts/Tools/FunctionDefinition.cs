using System.Text.Json;

namespace InferServe.Contracts.Tools;

/// <summary>A function that the model may call.</summary>
public sealed record FunctionDefinition
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>JSON schema of the arguments, an object.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>When true, the arguments of a call fit the schema.</summary>
    public bool? Strict { get; init; }
}
