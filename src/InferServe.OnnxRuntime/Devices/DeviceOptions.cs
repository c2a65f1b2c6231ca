namespace InferServe.OnnxRuntime.Devices;

/// <summary>What computes a model, and how.</summary>
public sealed record DeviceOptions
{
    /// <summary>The processor, with memory of the host.</summary>
    public const string Cpu = "cpu";

    /// <summary>NVIDIA's GPUs, in a build with the package Microsoft.ML.OnnxRuntime.Gpu.</summary>
    public const string Cuda = "cuda";

    /// <summary>Any GPU that WebGPU reaches, with a runtime library that holds this provider.</summary>
    public const string WebGpu = "webgpu";

    /// <summary>The first accelerator that works: a registered library's, CUDA, WebGPU; else the processor, with a warning.</summary>
    public const string Auto = "auto";

    /// <summary>One of the names above, or that of a library in <see cref="Libraries"/>; default cpu.</summary>
    public string Name { get; init; } = Cpu;

    /// <summary>Which of several devices of that kind, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Options of the execution provider, by its own names.</summary>
    public IReadOnlyDictionary<string, string> Provider { get; init; } = new Dictionary<string, string>();

    /// <summary>Execution providers outside the runtime's library.</summary>
    public IReadOnlyList<ProviderLibrary> Libraries { get; init; } = [];
}
