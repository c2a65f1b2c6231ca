using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Memory;

namespace InferServe.OnnxRuntime;

/// <summary>How a model is run.</summary>
public sealed record OnnxRunnerOptions
{
    /// <summary>The largest number of rows.</summary>
    public const int MostRows = 1024;

    /// <summary>Number of rows of KV memory, i.e. of sequences that can hold keys and values at once; 1 … 1024.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// The most tokens of one row; 2 … the model's context length, which is the default. A smaller one costs less: attention's
    /// scratch memory grows with it even for short sequences.
    /// </summary>
    public int? ContextLength { get; init; }

    /// <summary>Threads that compute one run; 1 … 1024, by default the processors this process may use.</summary>
    public int? Threads { get; init; }

    /// <summary>Adapters that plans may ask for by name; none by default.</summary>
    public IReadOnlyList<AdapterDefinition> Adapters { get; init; } = [];

    /// <summary>What computes the model; by default the processor.</summary>
    public DeviceOptions Device { get; init; } = new();

    /// <summary>
    /// The most bytes of keys and values in a device's memory, which is taken at once: there are as many rows as fit, <see cref="Rows"/> at most. Null for no bound;
    /// without meaning where they are in the memory of the host.
    /// </summary>
    public long? KvMemoryBytes { get; init; }

    /// <summary>Keeps keys and values as if in a device's memory, whatever memory that is; for tests without a device.</summary>
    internal KvPlacement? Placement { get; init; }

    /// <summary>Every value that is out of range, one sentence each.</summary>
    internal IReadOnlyList<string> Problems(int modelContextLength)
    {
        List<string> problems = [];
        if (Rows is < 1 or > MostRows)
        {
            problems.Add($"{nameof(Rows)} must be between 1 and {MostRows}, got {Rows}");
        }

        if (ContextLength is { } length && (length < 2 || length > modelContextLength))
        {
            problems.Add($"{nameof(ContextLength)} must be between 2 and the model's context length {modelContextLength}, got {length}");
        }

        if (Threads is < 1 or > 1024)
        {
            problems.Add($"{nameof(Threads)} must be between 1 and 1024, got {Threads}");
        }

        if (Device.Index < 0)
        {
            problems.Add($"{nameof(Device)}.{nameof(Device.Index)} must be at least 0, got {Device.Index}");
        }

        return problems;
    }
}
