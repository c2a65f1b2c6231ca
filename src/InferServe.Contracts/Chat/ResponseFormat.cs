using System.Text.Json;

namespace InferServe.Contracts.Chat;

/// <summary>The form that the answer must have.</summary>
public sealed record ResponseFormat
{
    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    public string? Type { get; init; }

    public JsonElement? JsonSchema { get; init; }
}
