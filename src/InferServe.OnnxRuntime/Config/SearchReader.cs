namespace InferServe.OnnxRuntime.Config;

/// <summary>
/// Reads <c>search</c> of a <c>genai_config.json</c>. Where it does not sample, its other parameters say nothing. Lengths of beams, n-grams and batches
/// are those of GenAI's own loop and are ignored.
/// </summary>
internal static class SearchReader
{
    public static GenerationDefaults Read(JsonFields root)
    {
        var search = root.Section("search", required: false);
        bool? samples = search.OptionalBool("do_sample");
        var sampling = new GenerationDefaults
        {
            Temperature = search.OptionalNumber("temperature", 0, 100),
            TopK = search.OptionalInt("top_k", 0, int.MaxValue),
            TopP = search.OptionalNumber("top_p", 0, 1),
        };

        // GenAI takes a top_p of 0 for "not used".
        sampling = sampling.TopP is 0 ? sampling with { TopP = null } : sampling;
        return (samples is true ? sampling : new GenerationDefaults { Temperature = samples is false ? 0 : null }) with
        {
            RepetitionPenalty = search.OptionalNumber("repetition_penalty", 0.01f, 10),
            MaxLength = search.OptionalInt("max_length", 1, int.MaxValue),
        };
    }
}
