namespace InferServe.Contracts.Models;

/// <summary>The names of the forms in which models write tool calls and reasoning, as <c>models.json</c> and a worker's settings give them.</summary>
public static class AnswerFormatNames
{
    /// <summary>Values of <c>toolFormat</c>.</summary>
    public static IReadOnlyList<string> Tools { get; } =
    [
        "command-r", "deepseek", "deepseek-v3.1", "functionary", "functools", "gemma-4", "gemma-code", "gemma-functions", "glm", "granite", "harmony",
        "hermes", "jamba", "lfm2", "llama3", "mistral", "mistral-v11", "nemotron", "olmo-3", "phi-4-mini", "pythonic", "qwen3-coder", "seed-oss",
    ];

    /// <summary>Values of <c>reasoningFormat</c>.</summary>
    public static IReadOnlyList<string> Reasoning { get; } =
        ["command-r", "gemma-4", "granite", "granite-3.2", "harmony", "mistral", "none", "seed-oss", "think"];
}
