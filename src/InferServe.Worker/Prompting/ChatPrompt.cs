using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Contracts.Errors;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.Worker.Prompting;

/// <summary>Turns a chat into the text that the model was trained on, by the model's own template. Thread-safe.</summary>
/// <param name="template">For chats without tools.</param>
/// <param name="toolTemplate">For chats with tools; often the same.</param>
/// <param name="bosToken">The token that begins a text, or null.</param>
/// <param name="eosToken">The token that ends an answer, or null.</param>
/// <param name="time">The clock that a template may ask for the date.</param>
/// <param name="defaults">Variables for requests that do not give them, an object; null for none.</param>
internal sealed class ChatPrompt(
    ChatTemplate template, ChatTemplate toolTemplate, string? bosToken, string? eosToken, TimeProvider time, JsonElement? defaults = null)
{
    // Digits that no message holds by chance or design.
    private const int MarkLength = 32;

    /// <summary>Whether the template asks how much to reason.</summary>
    public bool KnowsReasoningEffort { get; } =
        template.Source.Contains("reasoning_effort", StringComparison.Ordinal) || toolTemplate.Source.Contains("reasoning_effort", StringComparison.Ordinal);

    /// <summary>For chats with a variable <c>documents</c> and without tools; null when it is that for all chats.</summary>
    public ChatTemplate? DocumentTemplate { get; init; }

    /// <summary>The forms that the templates take.</summary>
    public TemplateAbilities Abilities { get; } = new TemplateProbe(template, toolTemplate, bosToken, eosToken).Abilities();

    /// <summary>The texts of the templates, by which the model's answer formats are recognised.</summary>
    public IReadOnlyList<string> Sources { get; } = [template.Source, toolTemplate.Source];

    /// <summary>Renders a chat.</summary>
    /// <exception cref="ApiException">400: the template refuses the chat, cannot render it within its limits, or hides what is to be continued.</exception>
    public string Render(ChatPromptInput input)
    {
        return input.ContinueFinalMessage ? RenderUpToContinuation(input) : RenderTemplate(input);
    }

    private string RenderTemplate(ChatPromptInput input)
    {
        try
        {
            var variables = ChatContext.Create(input, bosToken, eosToken, defaults, Abilities);
            var forDocuments = variables["documents"] is JsonArray { Count: > 0 } ? DocumentTemplate : null;
            return (input.Tools.Count > 0 ? toolTemplate : forDocuments ?? template).Render(variables, time);
        }
        catch (TemplateRaisedException exception)
        {
            throw Refuse($"The model's chat template refuses these messages: {exception.Message}", exception);
        }
        catch (TemplateException exception)
        {
            throw Refuse($"The model's chat template cannot render these messages. {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Cuts off what the template writes behind the last message, so that the model goes on where the message ends. The template gets the message with
    /// a mark at its end, since the message's own words may be in the template's as well.
    /// </summary>
    private string RenderUpToContinuation(ChatPromptInput input)
    {
        var last = input.Messages[^1];
        var message = last.Content?.Flatten().TrimEnd() ?? string.Empty;
        var mark = $"continue-{RandomNumberGenerator.GetHexString(MarkLength)}";
        var text = message.Length == 0 ? message : RenderTemplate(input with { Messages = [.. input.Messages.SkipLast(1), last with { Content = message + mark }] });
        var at = text.LastIndexOf(mark, StringComparison.Ordinal);
        return at >= 0
            ? text[..at]
            : throw new ApiException(ApiErrors.InvalidValue(
                "'continue_final_message' cannot be followed: the model's chat template does not show the text of the last message as it is.",
                "continue_final_message"));
    }

    private static ApiException Refuse(string message, Exception exception) => new(ApiErrors.InvalidValue(message, "messages"), exception);
}
