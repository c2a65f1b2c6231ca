using InferServe.OnnxRuntime;
using InferServe.Tokenization;
using InferServe.Tokenization.ChatTemplates;

namespace InferServe.Worker.Prompting;

/// <summary>Reads and parses a model's chat templates.</summary>
internal static class ChatPromptLoader
{
    /// <summary>Returns null for a model without a template.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="settings">The template and variables that take the place of the model's own.</param>
    /// <param name="time">The clock that a template may ask for the date.</param>
    /// <exception cref="ModelLoadException">A template is not valid.</exception>
    /// <exception cref="TokenizerLoadException">A file cannot be read.</exception>
    public static ChatPrompt? Load(ModelFolder folder, Tokenizer tokenizer, ChatPromptSettings settings, TimeProvider time)
    {
        var source = ChatTemplateSource.Load(folder.Path, tokenizer.Config);
        if (settings.TemplateFile is { } file)
        {
            source = source.With(file);
        }

        return source.Select(hasTools: false) is { } plain
            ? new ChatPrompt(
                Parse(folder, plain), Parse(folder, source.Select(hasTools: true) ?? plain), source.BosToken, source.EosToken, time, settings.Variables)
            {
                DocumentTemplate = Parse(folder, source.SelectForDocuments() ?? plain),
            }
            : null;
    }

    private static ChatTemplate Parse(ModelFolder folder, string source)
    {
        try
        {
            return ChatTemplate.Parse(source);
        }
        catch (TemplateException exception)
        {
            throw new ModelLoadException(folder.Path, [exception.Message.TrimEnd('.')], exception);
        }
    }
}
