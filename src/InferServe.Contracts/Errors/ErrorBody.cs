using System.Text.Json.Serialization;

namespace InferServe.Contracts.Errors;

/// <summary>The inner object of an error answer. All four members are always written, as OpenAI's clients expect.</summary>
public sealed record ErrorBody
{
    public required string Message { get; init; }

    /// <summary>One of <see cref="ErrorTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Path of the offending field, such as <c>messages[2].content</c>, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Param { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Code { get; init; }
}
