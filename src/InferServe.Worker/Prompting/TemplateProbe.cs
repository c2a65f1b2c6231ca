using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.Worker.Prompting;

/// <summary>Finds out what a chat template takes, by rendering small chats and looking for their words in the result.</summary>
/// <param name="template">For chats without tools.</param>
/// <param name="toolTemplate">For chats with tools.</param>
/// <param name="bosToken">The token that begins a text, or null.</param>
/// <param name="eosToken">The token that ends an answer, or null.</param>
internal sealed class TemplateProbe(ChatTemplate template, ChatTemplate toolTemplate, string? bosToken, string? eosToken)
{
    private const string Word = "probedword";
    private const string Tool = "probedtool";
    private const string Key = "probedkey";

    public TemplateAbilities Abilities()
    {
        var plain = Render(template, [User(Word)]);
        var parts = Render(template, [User(Part(Word))]);
        var arguments = new JsonObject { [Key] = Word };
        var text = arguments.ToJsonString();
        (JsonNode Arguments, string? Content)[] forms = [(arguments, string.Empty), (text, string.Empty), (arguments, null), (text, null)];
        // The first form in which a call shows; the usual one when it never does.
        var found = Array.FindIndex(forms, one => ShowsCall(one.Arguments, one.Content, "call00001"));
        var form = forms[Math.Max(0, found)];
        var inSystem = Render(toolTemplate, [System(Tools().ToJsonString()), User(Word)])?.Contains(Tool, StringComparison.Ordinal) is true;
        var asVariable = Render(toolTemplate, [User(Word)], Tools())?.Contains(Tool, StringComparison.Ordinal) is true;
        return new TemplateAbilities
        {
            ContentAsParts = plain?.Contains(Word, StringComparison.Ordinal) is not true && parts?.Contains(Word, StringComparison.Ordinal) is true,
            ArgumentsAsText = form.Arguments is JsonValue,
            NoContentBesideCalls = form.Content is null,
            NineCharacterIds = found >= 0 && !ShowsCall(form.Arguments, form.Content, "call_1234567890"),
            ToolsInSystemMessage = !asVariable && inSystem,
            ShowsTools = asVariable || inSystem,
        };
    }

    /// <summary>Whether a call with these arguments shows, and not in Python's spelling.</summary>
    private bool ShowsCall(JsonNode arguments, string? content, string id)
    {
        var call = new JsonObject { ["id"] = id, ["type"] = "function", ["function"] = new JsonObject { ["name"] = Tool, ["arguments"] = arguments.DeepClone() } };
        var text = Render(
            toolTemplate,
            [
                User("Hello"),
                new JsonObject { ["role"] = "assistant", ["content"] = content, ["tool_calls"] = new JsonArray(call) },
                new JsonObject { ["role"] = "tool", ["content"] = "7", ["name"] = Tool, ["tool_call_id"] = id },
            ],
            Tools());
        return text?.Contains(Word, StringComparison.Ordinal) is true && !text.Contains($"'{Key}'", StringComparison.Ordinal);
    }

    private string? Render(ChatTemplate rendered, JsonArray messages, JsonArray? tools = null)
    {
        try
        {
            var context = new JsonObject { ["messages"] = messages, ["tools"] = tools, ["documents"] = null, ["add_generation_prompt"] = true };
            Set("bos_token", bosToken);
            Set("eos_token", eosToken);
            return rendered.Render(context);

            void Set(string name, string? value)
            {
                if (value is not null)
                {
                    context[name] = value;
                }
            }
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static JsonObject User(JsonNode content) => new() { ["role"] = "user", ["content"] = content };

    private static JsonObject System(string tools) => new() { ["role"] = "system", ["content"] = "Hello", ["tools"] = tools };

    private static JsonArray Part(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];

    private static JsonArray Tools() =>
    [
        new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = Tool,
                ["description"] = "A tool",
                ["parameters"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["a"] = new JsonObject { ["type"] = "string", ["description"] = "An argument" } },
                    ["required"] = new JsonArray("a"),
                },
            },
        },
    ];
}
