using System.Text.Json.Serialization;
using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Chat;

/// <summary>The assistant's message in an answer.</summary>
public sealed record ChatAnswer
{
    public string Role { get; init; } = ChatRoles.Assistant;

    /// <summary>The text, or null when the answer only calls tools.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Content { get; init; }

    /// <summary>Always null: a refusal is text like any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Refusal { get; init; }

    /// <summary>What the model wrote before its answer, when it reasons.</summary>
    public string? ReasoningContent { get; init; }

    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }
}
