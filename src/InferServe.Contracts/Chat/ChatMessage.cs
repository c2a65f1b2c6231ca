using InferServe.Contracts.Tools;

namespace InferServe.Contracts.Chat;

/// <summary>One message of a request.</summary>
public sealed record ChatMessage
{
    /// <summary>One of <see cref="ChatRoles"/>.</summary>
    public string? Role { get; init; }

    /// <summary>The content; may be absent in an assistant's message that calls tools.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>What a reasoning model wrote before the content of this message, for templates that show it.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>Name of the participant.</summary>
    public string? Name { get; init; }

    /// <summary>The calls that an assistant's message makes.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }
}
