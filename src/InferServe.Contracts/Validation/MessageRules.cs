using System.Globalization;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Json;

namespace InferServe.Contracts.Validation;

/// <summary>The rules of a chat's messages.</summary>
internal static class MessageRules
{
    public static void Check(IReadOnlyList<ChatMessage>? messages, RequestLimits limits, RuleViolations violations)
    {
        violations.Required("messages", messages);
        if (messages is { Count: 0 })
        {
            violations.Add("messages", "'messages' must have at least one message.");
        }

        violations.CountAtMost("messages", messages?.Count, limits.Messages, "messages");
        foreach (var (index, message) in (messages ?? []).Take(limits.Messages).Index())
        {
            Check(message, string.Create(CultureInfo.InvariantCulture, $"messages[{index}]"), limits, violations);
        }
    }

    private static void Check(ChatMessage message, string path, RequestLimits limits, RuleViolations violations)
    {
        violations.Required($"{path}.role", message.Role);
        violations.OneOf($"{path}.role", message.Role, ChatRoles.All);
        violations.LengthAtMost($"{path}.name", message.Name, limits.NameLength);

        var calls = message.ToolCalls is { Count: > 0 };
        if (message.Content is null && !(message.Role == ChatRoles.Assistant && calls))
        {
            violations.Add(
                $"{path}.content",
                $"'{path}.content' is required{(message.Role == ChatRoles.Assistant ? " unless the message has 'tool_calls'" : string.Empty)}.");
        }

        CheckContent(message.Content, $"{path}.content", limits, violations);
        violations.LengthAtMost($"{path}.reasoning_content", message.ReasoningContent, limits.ContentLength);
        if (calls && message.Role != ChatRoles.Assistant)
        {
            violations.Add($"{path}.tool_calls", $"'{path}.tool_calls' is only allowed in an assistant's message, got role {GivenValue.Quote(message.Role)}.");
        }

        violations.CountAtMost($"{path}.tool_calls", message.ToolCalls?.Count, limits.ToolCalls, "calls");
        foreach (var (index, call) in (message.ToolCalls ?? []).Take(limits.ToolCalls).Index())
        {
            ToolRules.CheckCall(call, string.Create(CultureInfo.InvariantCulture, $"{path}.tool_calls[{index}]"), limits, violations);
        }

        if (message.Role == ChatRoles.Tool)
        {
            violations.Required($"{path}.tool_call_id", message.ToolCallId);
        }

        violations.LengthAtMost($"{path}.tool_call_id", message.ToolCallId, limits.NameLength);
    }

    private static void CheckContent(MessageContent? content, string path, RequestLimits limits, RuleViolations violations)
    {
        violations.LengthAtMost(path, content?.Text, limits.ContentLength);
        if (content?.Parts is not { } parts)
        {
            return;
        }

        if (parts.Count == 0)
        {
            violations.Add(path, $"'{path}' must have at least one part.");
        }

        violations.CountAtMost(path, parts.Count, limits.ContentParts, "parts");
        foreach (var (index, part) in parts.Take(limits.ContentParts).Index())
        {
            var partPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            violations.Required($"{partPath}.type", part.Type);
            if (part.Type is not (null or "text"))
            {
                violations.AddNotSupported($"{partPath}.type", $"A content part of type {GivenValue.Quote(part.Type)} ('{partPath}.type'; only \"text\" is)");
            }
            else if (part.Type == "text")
            {
                violations.Required($"{partPath}.text", part.Text);
                violations.LengthAtMost($"{partPath}.text", part.Text, limits.ContentLength);
            }
        }
    }
}
