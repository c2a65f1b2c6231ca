using System.Text.Json;

namespace InferServe.OnnxRuntime.Config;

/// <summary>Reads the sampling fields of Hugging Face's <c>generation_config.json</c>; other fields are ignored.</summary>
internal static class GenerationDefaultsReader
{
    private const string File = "generation_config.json";

    /// <summary>Returns the defaults; mistakes are added to <paramref name="problems"/>.</summary>
    public static GenerationDefaults Read(ReadOnlyMemory<byte> json, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var fields = JsonFields.OfRoot(document.RootElement, File, problems);
            float? temperature = fields.OptionalNumber("temperature", 0, 100);
            return new GenerationDefaults
            {
                Temperature = fields.OptionalBool("do_sample") is false ? 0 : temperature,
                TopK = fields.OptionalInt("top_k", 0, int.MaxValue),
                TopP = fields.OptionalNumber("top_p", 0, 1, aboveLeast: true),
                MinP = fields.OptionalNumber("min_p", 0, 1),
                RepetitionPenalty = fields.OptionalNumber("repetition_penalty", 0.01f, 10),
            };
        }
        catch (JsonException exception)
        {
            problems.Add($"{File} is not valid JSON: {exception.Message}");
            return GenerationDefaults.None;
        }
    }
}
