using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Tools;

namespace InferServe.Worker.Prompting;

/// <summary>The variables that a chat template sees, in the form that templates of Hugging Face expect.</summary>
internal static class ChatContext
{
    /// <summary>Begins a chat whose tools must stand in a system's message, when it has none.</summary>
    private const string SystemWithTools = "You are a helpful assistant with some tools.";

    /// <param name="input">What becomes the prompt.</param>
    /// <param name="bosToken">The token that begins a text, or null.</param>
    /// <param name="eosToken">The token that ends an answer, or null.</param>
    /// <param name="defaults">Variables that the caller may give and did not, an object; null for none.</param>
    /// <param name="abilities">The forms that the template takes; the usual ones if none are given.</param>
    public static JsonObject Create(
        ChatPromptInput input, string? bosToken, string? eosToken, JsonElement? defaults = null, TemplateAbilities? abilities = null)
    {
        abilities ??= TemplateAbilities.Usual;

        // Where there are none, these are none, not undefined: so the reference has it. The later win: these, the operator's defaults, the
        // caller's variables, those that the server sets.
        var context = new JsonObject { ["documents"] = null };
        foreach (var (name, value) in Members(defaults).Concat(Members(input.Variables)))
        {
            context[name] = value?.DeepClone();
        }

        var messages = new JsonArray([.. input.Messages.Select(message => MessageNode.Of(message, abilities))]);
        if (abilities.ToolsInSystemMessage && input.Tools.Count > 0)
        {
            AddToolsTo(messages, input.Tools);
        }

        context["messages"] = messages;
        context["tools"] = input.Tools.Count > 0 ? new JsonArray([.. input.Tools.Select(Describe)]) : null;
        context["add_generation_prompt"] = input.AddGenerationPrompt && !input.ContinueFinalMessage;
        if (input.ReasoningEffort is { } effort)
        {
            context["reasoning_effort"] = effort;
        }

        Set("bos_token", bosToken);
        Set("eos_token", eosToken);
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

    private static JsonObject Members(JsonElement? value) => value is { } given ? JsonObject.Create(given)! : [];

    private static void AddToolsTo(JsonArray messages, IReadOnlyList<ToolDefinition> tools)
    {
        if (messages.Count == 0 || (string?)messages[0]!["role"] != ChatRoles.System)
        {
            messages.Insert(0, new JsonObject { ["role"] = ChatRoles.System, ["content"] = SystemWithTools });
        }

        messages[0]!["tools"] = new JsonArray([.. tools.Select(tool => Describe(tool)["function"]!.DeepClone())]).ToJsonString(MessageNode.Plain);
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
