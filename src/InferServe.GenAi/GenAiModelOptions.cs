namespace InferServe.GenAi;

/// <summary>What the engine needs to know about a model that the GenAI library runs.</summary>
public sealed record GenAiModelOptions
{
    /// <summary>The model folder with its <c>genai_config.json</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Number of logits for each position.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The most tokens of a sequence. The library may take memory for all of them when a sequence starts.</summary>
    public required int ContextLength { get; init; }

    /// <summary>The most sequences at the same time, each with a generator of its own.</summary>
    public required int Rows { get; init; }

    /// <summary>Threads that compute one run; by default what the folder's config says.</summary>
    public int? Threads { get; init; }

    /// <summary>Name of the graph's output with the logits.</summary>
    public string LogitsName { get; init; } = "logits";
}
