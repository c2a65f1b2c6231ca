namespace InferServe.OnnxRuntime.Config;

/// <summary>What a model's config asks of ONNX Runtime's session.</summary>
public sealed record SessionSettings
{
    /// <summary>Asks for nothing.</summary>
    public static readonly SessionSettings None = new();

    /// <summary>Threads that compute one run; null leaves the choice to the runtime.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether the graph is left as it is, or how far it is optimised; null for all that the runtime knows.</summary>
    public GraphOptimization? Optimization { get; init; }

    /// <summary>Entries of the session's configuration by key.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; init; } = new Dictionary<string, string>();

    /// <summary>Execution providers in the order of preference; none for the CPU.</summary>
    public IReadOnlyList<ProviderSettings> Providers { get; init; } = [];
}

/// <summary>An execution provider that a model's config names, with its options.</summary>
/// <param name="Name">Its name, one of <see cref="ProviderNames"/>.</param>
/// <param name="Options">Its options by name.</param>
public sealed record ProviderSettings(string Name, IReadOnlyDictionary<string, string> Options);

/// <summary>How far ONNX Runtime changes a graph before it runs it.</summary>
public enum GraphOptimization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Where the result stays the same bit for bit.</summary>
    Basic,

    /// <summary>Operators are fused as well.</summary>
    Extended,

    /// <summary>Layouts of data change as well.</summary>
    All,
}
