using System.Collections.Immutable;

namespace InferServe.Gateway.Registry;

/// <summary>One model as the gateway serves it: an entry of models.json, checked and with its folder resolved.</summary>
internal sealed record ModelDefinition
{
    /// <summary>The name clients send in <c>model</c>. Unique among all names and aliases, whatever the case of letters.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the model folder; empty for a model that workers on other machines serve.</summary>
    public required string Folder { get; init; }

    /// <summary>The graph to run, relative to the folder; null leaves the choice to the worker.</summary>
    public string? File { get; init; }

    /// <summary>Addresses of workers that the gateway does not start; empty for a model that it serves itself.</summary>
    public ImmutableArray<Uri> RemoteWorkers { get; init; } = [];

    /// <summary>Further names for the same model, which only the gateway knows.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Absolute path of the chat template that takes the place of the model's own; null for none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Variables of the chat template that requests leave open, a JSON object; null for none.</summary>
    public string? ChatTemplateKwargs { get; init; }

    /// <summary>How the model writes tool calls; null leaves it to the worker to recognise.</summary>
    public string? ToolFormat { get; init; }

    /// <summary>How the model writes reasoning; null leaves it to the worker to recognise.</summary>
    public string? ReasoningFormat { get; init; }

    /// <summary>Adapters that clients choose by their own names; the model's workers serve them all.</summary>
    public ImmutableArray<AdapterDefinition> Adapters { get; init; } = [];

    /// <summary>Number of worker processes.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Compute threads of each worker; null leaves the choice to the worker.</summary>
    public int? Threads { get; init; }

    /// <summary>Sequences a worker generates at once; null leaves the choice to the worker.</summary>
    public int? MaxSequences { get; init; }

    /// <summary>Requests a worker lets wait; null leaves the choice to the worker.</summary>
    public int? QueueLimit { get; init; }

    /// <summary>Longest prompt plus answer, in tokens; null means what the model supports.</summary>
    public int? ContextLength { get; init; }

    /// <summary>What runs the model: <c>onnx</c> or <c>genai</c>; null leaves the choice to the worker.</summary>
    public string? Runtime { get; init; }

    /// <summary>What computes the model; null leaves the choice to the worker.</summary>
    public string? Device { get; init; }

    /// <summary>Which of several devices of that kind; null for the first.</summary>
    public int? DeviceIndex { get; init; }

    /// <summary>A JSON object of texts: options of the execution provider; null for none.</summary>
    public string? ProviderOptions { get; init; }

    /// <summary>Libraries with execution providers, their paths absolute.</summary>
    public ImmutableArray<ProviderLibraryConfig> ExecutionProviderLibraries { get; init; } = [];

    /// <summary>Memory of each worker for keys and values, in MiB; null leaves it to the worker.</summary>
    public int? KvMemoryMiB { get; init; }

    /// <summary>When workers run.</summary>
    public LoadPolicy Load { get; init; } = LoadPolicy.Eager;

    /// <summary>How long a model that is loaded on demand stays without a request; null keeps it.</summary>
    public TimeSpan? IdleUnload { get; init; }

    /// <summary>Memory that a worker is expected to take, in bytes; null means what was measured, else the size of the folder.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Resident memory beyond which a worker is replaced, in bytes; null for no limit.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Further settings of the workers, by their name below <c>Worker:</c>: sampling defaults and limits of requests.</summary>
    public ImmutableArray<KeyValuePair<string, string>> WorkerSettings { get; init; } = [];

    /// <summary>Files of the folder that make the model.</summary>
    public FolderStamp Stamp { get; init; } = FolderStamp.None;

    /// <summary>When the model folder was last changed: what OpenAI's model object calls <c>created</c>.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What the model's workers call what a client calls <paramref name="name"/>: the adapter of that name, else the model.</summary>
    public string NameForWorkers(string name) => Adapters.Any(adapter => adapter.Name == name) ? name : Name;

    public bool IsRemote => !RemoteWorkers.IsDefaultOrEmpty;

    /// <summary>Requests that one worker takes at most, running and waiting; null where the worker decides.</summary>
    public int? RequestsPerWorker => MaxSequences + QueueLimit;

    /// <summary>Whether a worker that was started for <paramref name="other"/> can go on serving this model.</summary>
    public bool HasSameWorker(ModelDefinition other) =>
        Name == other.Name && Folder == other.Folder && File == other.File && Stamp == other.Stamp
        && ChatTemplate == other.ChatTemplate && ChatTemplateKwargs == other.ChatTemplateKwargs
        && ToolFormat == other.ToolFormat && ReasoningFormat == other.ReasoningFormat && Runtime == other.Runtime
        && Device == other.Device && DeviceIndex == other.DeviceIndex && ProviderOptions == other.ProviderOptions && KvMemoryMiB == other.KvMemoryMiB
        && ExecutionProviderLibraries.SequenceEqual(other.ExecutionProviderLibraries)
        && Threads == other.Threads && MaxSequences == other.MaxSequences && QueueLimit == other.QueueLimit && ContextLength == other.ContextLength
        && Adapters.SequenceEqual(other.Adapters)
        && WorkerSettings.SequenceEqual(other.WorkerSettings);
}
