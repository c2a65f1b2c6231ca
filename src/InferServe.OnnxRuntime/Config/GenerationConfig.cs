namespace InferServe.OnnxRuntime.Config;

/// <summary>What serving needs of a valid <c>generation_config.json</c>.</summary>
/// <param name="Defaults">How tokens are chosen.</param>
/// <param name="EosTokenIds">Tokens that end a sequence beside those of the model's config; may be none.</param>
internal sealed record GenerationConfig(GenerationDefaults Defaults, IReadOnlyList<int> EosTokenIds)
{
    /// <summary>Says nothing.</summary>
    public static readonly GenerationConfig None = new(GenerationDefaults.None, []);
}
