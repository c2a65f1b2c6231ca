using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Prompting;

/// <summary>The variables that a chat template sees, in the form that templates of Hugging Face expect.</summary>
internal static class ChatContext
{
    /// <param name="input">What becomes the prompt.</param>
    /// <param name="bosToken">The token that begins a text, or null.</param>
    /// <param name="eosToken">The token that ends an answer, or null.</param>
    /// <param name="defaults">Variables that the caller may give and did not, an object; null for none.</param>
    public static JsonObject Create(ChatPromptInput input, string? bosToken, string? eosToken, JsonElement? defaults = null)
    {
        // The later win: defaults, the caller's variables, those that the server sets.
        var context = defaults is { } set ? JsonObject.Create(set)! : [];
        foreach (var (name, value) in input.Variables is { } given ? JsonObject.Create(given)! : [])
        {
            context[name] = value?.DeepClone();
        }

        context["messages"] = new JsonArray([.. input.Messages.Select(Describe)]);
        context["add_generation_prompt"] = input.AddGenerationPrompt && !input.ContinueFinalMessage;
        if (input.ReasoningEffort is { } effort)
        {
            context["reasoning_effort"] = effort;
        }

        Set("bos_token", bosToken);
        Set("eos_token", eosToken);
        Set("tools", input.Tools.Count > 0 ? new JsonArray([.. input.Tools.Select(Describe)]) : null);
        return context;

        // A template tells what is missing by asking whether the variable is defined.
        void Set(string name, JsonNode? value)
        {
            context.Remove(name);
            if (value is not null)
            {
                context[name] = value;
            }
        }
    }

    private static JsonNode Describe(ChatMessage message)
    {
        var node = new JsonObject
        {
            // Models know OpenAI's newer name for the system's role under the older one.
            ["role"] = message.Role == ChatRoles.Developer ? ChatRoles.System : message.Role,
            ["content"] = message.Content?.Flatten() ?? string.Empty,
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
            node["tool_call_id"] = id;
        }

        if (message.ToolCalls is { Count: > 0 } calls)
        {
            node["tool_calls"] = new JsonArray([.. calls.Select(Describe)]);
        }

        return node;
    }

    private static JsonNode Describe(ToolCall call)
    {
        var node = new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = call.Function!.Name,

                // As an object: templates write it with their own tojson.
                ["arguments"] = string.IsNullOrWhiteSpace(call.Function.Arguments) ? new JsonObject() : JsonNode.Parse(call.Function.Arguments),
            },
        };
        if (call.Id is { } id)
        {
            node["id"] = id;
        }

        return node;
    }

    private static JsonNode Describe(ToolDefinition tool)
    {
        var function = new JsonObject { ["name"] = tool.Function!.Name };
        if (tool.Function.Description is { } description)
        {
            function["description"] = description;
        }

        if (tool.Function.Parameters is { ValueKind: JsonValueKind.Object } parameters)
        {
            function["parameters"] = JsonObject.Create(parameters);
        }

        return new JsonObject { ["type"] = "function", ["function"] = function };
    }
}
