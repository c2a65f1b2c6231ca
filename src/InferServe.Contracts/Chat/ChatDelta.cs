using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Chat;

/// <summary>What one chunk adds to the assistant's message.</summary>
public sealed record ChatDelta
{
    /// <summary>Only in the first chunk.</summary>
    public string? Role { get; init; }

    public string? Content { get; init; }

    /// <summary>What the model writes before its answer, when it reasons.</summary>
    public string? ReasoningContent { get; init; }

    public IReadOnlyList<ToolCallDelta>? ToolCalls { get; init; }
}
