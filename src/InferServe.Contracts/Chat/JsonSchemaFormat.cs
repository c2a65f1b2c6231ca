using System.Text.Json;

namespace InferServe.Contracts.Chat;

/// <summary>The JSON schema that an answer must fit.</summary>
public sealed record JsonSchemaFormat
{
    /// <summary>The caller's name for it.</summary>
    public string? Name { get; init; }

    /// <summary>What the form is for; without effect.</summary>
    public string? Description { get; init; }

    /// <summary>The schema.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Whether the answer must fit; it does in any case.</summary>
    public bool? Strict { get; init; }
}
