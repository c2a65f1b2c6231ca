using System.Text.Json;

namespace InferServe.OnnxRuntime.Config;

/// <summary>Reads Hugging Face's <c>generation_config.json</c> as far as it concerns sampling and the end of sequences; other fields are ignored.</summary>
internal static class GenerationConfigReader
{
    private const string File = "generation_config.json";
    private const int MostTokens = 1 << 24;

    /// <summary>Returns what it says; mistakes are added to <paramref name="problems"/>.</summary>
    public static GenerationConfig Read(ReadOnlyMemory<byte> json, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var fields = JsonFields.OfRoot(document.RootElement, File, problems);
            float? temperature = fields.OptionalNumber("temperature", 0, 100);
            var defaults = new GenerationDefaults
            {
                Temperature = fields.OptionalBool("do_sample") is false ? 0 : temperature,
                TopK = fields.OptionalInt("top_k", 0, int.MaxValue),
                TopP = fields.OptionalNumber("top_p", 0, 1, aboveLeast: true),
                MinP = fields.OptionalNumber("min_p", 0, 1),
                RepetitionPenalty = fields.OptionalNumber("repetition_penalty", 0.01f, 10),
                MaxNewTokens = fields.OptionalInt("max_new_tokens", 1, int.MaxValue),
            };
            return new GenerationConfig(defaults, fields.Has("eos_token_id") ? fields.Ints("eos_token_id", 0, MostTokens) : []);
        }
        catch (Exception exception) when (JsonFields.IsMalformed(exception))
        {
            problems.Add($"{File} is not valid JSON: {exception.Message}");
            return GenerationConfig.None;
        }
    }
}
