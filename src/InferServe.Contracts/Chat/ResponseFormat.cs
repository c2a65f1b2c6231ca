namespace InferServe.Contracts.Chat;

/// <summary>The form that the answer must have.</summary>
public sealed record ResponseFormat
{
    public const string Text = "text";
    public const string JsonObject = "json_object";
    public const string Schema = "json_schema";

    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The schema, with type <c>json_schema</c>.</summary>
    public JsonSchemaFormat? JsonSchema { get; init; }
}
