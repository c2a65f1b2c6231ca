namespace InferServe.OnnxRuntime.Config;

/// <summary>What serving needs of a valid <c>genai_config.json</c>, or of a Hugging Face <c>config.json</c> where a folder has no other.</summary>
public sealed record GenAiConfig
{
    /// <summary>File name of the config.</summary>
    public string File { get; init; } = GenAiConfigReader.File;

    /// <summary>Architecture as the config names it (<c>model.type</c>), for people to read.</summary>
    public required string ModelType { get; init; }

    /// <summary>File name of the graph within the folder.</summary>
    public required string GraphFile { get; init; }

    /// <summary>The most tokens of one sequence, prompt and output together.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Number of logits for each position.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Token that starts a sequence, if the model has one.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Tokens that end a sequence, at least one.</summary>
    public required IReadOnlyList<int> EosTokenIds { get; init; }

    /// <summary>Padding token, if the model has one.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Number of layers, each with one key and one value buffer.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int AttentionHeads { get; init; }

    /// <summary>Number of key and value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Values of one head at one position.</summary>
    public required int HeadSize { get; init; }

    /// <summary>
    /// Positions that a cache which slides would keep; null where it keeps all. All are kept here, which is the same when attention looks no further back.
    /// </summary>
    public int? SlidingWindow { get; init; }

    /// <summary>What it asks of ONNX Runtime's session.</summary>
    public SessionSettings Session { get; init; } = SessionSettings.None;

    /// <summary>What it says about how tokens are chosen.</summary>
    public GenerationDefaults Search { get; init; } = GenerationDefaults.None;

    /// <summary>Name of the graph's output with the logits.</summary>
    public string LogitsName => Names.Logits;

    /// <summary>Names of the graph's inputs and outputs.</summary>
    internal GraphNames Names { get; init; } = new();
}
