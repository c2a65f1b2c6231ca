using InferServe.Contracts.Chat;
using InferServe.Contracts.Errors;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.Worker.Prompting;

/// <summary>Turns a chat into the text that the model was trained on, by the model's own template. Thread-safe.</summary>
/// <param name="template">For chats without tools.</param>
/// <param name="toolTemplate">For chats with tools; often the same.</param>
/// <param name="bosToken">The token that begins a text, or null.</param>
/// <param name="eosToken">The token that ends an answer, or null.</param>
/// <param name="time">The clock that a template may ask for the date.</param>
internal sealed class ChatPrompt(ChatTemplate template, ChatTemplate toolTemplate, string? bosToken, string? eosToken, TimeProvider time)
{
    /// <summary>Renders a checked request.</summary>
    /// <exception cref="ApiException">400: the template refuses the chat, or cannot render it within its limits.</exception>
    public string Render(ChatCompletionRequest request, bool withTools)
    {
        try
        {
            return (withTools ? toolTemplate : template).Render(ChatContext.Create(request, withTools, bosToken, eosToken), time);
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

    private static ApiException Refuse(string message, Exception exception) => new(ApiErrors.InvalidValue(message, "messages"), exception);
}
