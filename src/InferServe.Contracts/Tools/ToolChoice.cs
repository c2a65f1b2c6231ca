using System.Text.Json.Serialization;

namespace InferServe.Contracts.Tools;

/// <summary>Whether the model may use tools: a word, or an object that names one. Exactly one of the two is set.</summary>
[JsonConverter(typeof(ToolChoiceConverter))]
public sealed record ToolChoice
{
    public const string Auto = "auto";
    public const string None = "none";
    public const string Required = "required";

    public string? Mode { get; init; }

    public NamedToolChoice? Named { get; init; }
}
