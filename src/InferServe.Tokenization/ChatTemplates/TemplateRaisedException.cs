namespace InferServe.Tokenization.ChatTemplates;

/// <summary>
/// The template itself refused the conversation by calling <c>raise_exception(message)</c>: the request is at fault.
/// <see cref="Exception.Message"/> is the template's message as it is, fit to be shown to the caller.
/// </summary>
public sealed class TemplateRaisedException(string message, int line) : TemplateException(message, message, line, null);
