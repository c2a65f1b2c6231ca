using System.Text.Json;

namespace InferServe.Contracts.Generation;

/// <summary>The form that an answer must have. Exactly one member is set.</summary>
public sealed record StructuredOutputs
{
    /// <summary>A JSON schema: an object, or a text that holds one.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>When true, any JSON object.</summary>
    public bool? JsonObject { get; init; }

    /// <summary>A regular expression that the whole answer matches.</summary>
    public string? Regex { get; init; }

    /// <summary>The possible answers.</summary>
    public IReadOnlyList<string>? Choice { get; init; }

    /// <summary>A grammar in EBNF.</summary>
    public string? Grammar { get; init; }
}
