using System.Text.Json;
using InferServe.Worker.Hosting;

namespace InferServe.Worker.Prompting;

/// <summary>What the worker's settings say about a model's prompts.</summary>
/// <param name="TemplateFile">A file whose chat template takes the place of the model's own; null for none.</param>
/// <param name="Variables">Variables of the template for requests that do not give them, an object; null for none.</param>
internal sealed record ChatPromptSettings(string? TemplateFile, JsonElement? Variables)
{
    /// <param name="options">Checked settings.</param>
    public static ChatPromptSettings Of(WorkerOptions options) =>
        new(options.ChatTemplate, options.ChatTemplateKwargs is { } json ? JsonElement.Parse(json) : null);
}
