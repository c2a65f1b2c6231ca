using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Prompting;

/// <summary>One message as a chat template sees it.</summary>
internal static class MessageNode
{
    private const int ShortIdLength = 9;
    private const string ShortIdCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>JSON as Python writes it without ASCII escapes.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(ChatMessage message, TemplateAbilities abilities)
    {
        var text = message.Content?.Flatten() ?? string.Empty;
        var node = new JsonObject
        {
            // Models know OpenAI's newer name for the system's role under the older one.
            ["role"] = message.Role == ChatRoles.Developer ? ChatRoles.System : message.Role,
            ["content"] = text.Length == 0 && abilities.NoContentBesideCalls && message.ToolCalls is { Count: > 0 } ? null
                : abilities.ContentAsParts ? new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) : text,
        };
        if (message.Name is { } name)
        {
            node["name"] = name;
        }

        if (message.ReasoningContent is { } reasoning)
        {
            node["reasoning_content"] = reasoning;
        }

        if (message.ToolCallId is { } id)
        {
            node["tool_call_id"] = Id(id, abilities);
        }

        if (message.ToolCalls is { Count: > 0 } calls)
        {
            node["tool_calls"] = new JsonArray([.. calls.Select(call => Of(call, abilities))]);
        }

        return node;
    }

    private static JsonObject Of(ToolCall call, TemplateAbilities abilities)
    {
        // As an object: most templates write it with their own tojson.
        var text = string.IsNullOrWhiteSpace(call.Function!.Arguments) ? "{}" : call.Function.Arguments;
        var node = new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Function.Name, ["arguments"] = abilities.ArgumentsAsText ? text : JsonNode.Parse(text) },
        };
        if (call.Id is { } id)
        {
            node["id"] = Id(id, abilities);
        }

        return node;
    }

    /// <summary>The id, or another one that depends on it alone when the template would refuse it.</summary>
    private static string Id(string id, TemplateAbilities abilities)
    {
        if (!abilities.NineCharacterIds || (id.Length == ShortIdLength && id.All(char.IsAsciiLetterOrDigit)))
        {
            return id;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        return string.Concat(hash.Take(ShortIdLength).Select(value => ShortIdCharacters[value % ShortIdCharacters.Length]));
    }
}
