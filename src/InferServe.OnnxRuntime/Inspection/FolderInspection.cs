namespace InferServe.OnnxRuntime.Inspection;

/// <summary>What a model folder is and needs, as far as its files tell; null where they do not.</summary>
public sealed record FolderInspection
{
    /// <summary>Full path of the folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The config that describes the model.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The architecture as the config names it.</summary>
    public string? Family { get; init; }

    /// <summary>The graph, relative to the folder.</summary>
    public string? GraphFile { get; init; }

    public int? Layers { get; init; }

    public int? QueryHeads { get; init; }

    public int? KeyValueHeads { get; init; }

    public int? HeadSize { get; init; }

    public int? VocabularySize { get; init; }

    /// <summary>The most tokens of one sequence.</summary>
    public int? ContextLength { get; init; }

    /// <summary>The most tokens that are served of it: what is asked for, else what the graph allows.</summary>
    public int? ServedContextLength { get; init; }

    /// <summary>Element type of keys and values.</summary>
    public string? KeyValueType { get; init; }

    /// <summary>Element type of the logits.</summary>
    public string? LogitsType { get; init; }

    /// <summary>How the matrices are stored, the most frequent first.</summary>
    public IReadOnlyList<string> WeightFormats { get; init; } = [];

    /// <summary>Bytes of all weights.</summary>
    public long? WeightBytes { get; init; }

    /// <summary>Bytes of keys and values of one token.</summary>
    public long? KeyValueBytesPerToken { get; init; }

    /// <summary>Number of inputs that LoRA adapters can change.</summary>
    public int AdapterInputs { get; init; }

    /// <summary>Execution providers that the config names.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Why the folder would be refused; none for one that is served.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
