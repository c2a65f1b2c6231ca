using System.Collections.Immutable;

namespace InferServe.Gateway.Registry;

/// <summary>What the user wrote in models.json: every value checked, nothing resolved.</summary>
/// <param name="Models">The models.</param>
/// <param name="MemoryBytes">Memory that workers may take together; null for no budget.</param>
internal sealed record ModelsFileConfig(ImmutableArray<ModelConfig> Models, long? MemoryBytes = null);

/// <summary>One entry of <c>models</c>. Null means that the property is absent.</summary>
internal sealed record ModelConfig
{
    public required string Name { get; init; }

    /// <summary>The model folder; empty where <see cref="Workers"/> serve the model.</summary>
    public required string Path { get; init; }
    public string? File { get; init; }
    public ImmutableArray<string> Aliases { get; init; } = [];
    public ImmutableArray<Uri> Workers { get; init; } = [];
    public string? ChatTemplate { get; init; }

    /// <summary>A JSON object.</summary>
    public string? ChatTemplateKwargs { get; init; }
    public string? ToolFormat { get; init; }
    public string? ReasoningFormat { get; init; }
    public ImmutableArray<AdapterConfig> Adapters { get; init; } = [];
    public int? Replicas { get; init; }
    public int? Threads { get; init; }
    public int? MaxSequences { get; init; }
    public int? QueueLimit { get; init; }
    public int? ContextLength { get; init; }
    public string? Runtime { get; init; }
    public string? Device { get; init; }
    public int? DeviceIndex { get; init; }
    public string? ProviderOptions { get; init; }
    public ImmutableArray<ProviderLibraryConfig> ExecutionProviderLibraries { get; init; } = [];
    public int? KvMemoryMiB { get; init; }
    public LoadPolicy Load { get; init; } = LoadPolicy.Eager;
    public int? IdleUnloadSeconds { get; init; }
    public long? MemoryBytes { get; init; }
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Entries of <c>sampling</c> and <c>limits</c>, by the names of the worker's settings.</summary>
    public ImmutableArray<KeyValuePair<string, string>> WorkerSettings { get; init; } = [];
}

/// <summary>One entry of <c>adapters</c>.</summary>
internal sealed record AdapterConfig(string Name, string Path);

/// <summary>One entry of <c>executionProviderLibraries</c>.</summary>
internal sealed record ProviderLibraryConfig(string Name, string Path);
