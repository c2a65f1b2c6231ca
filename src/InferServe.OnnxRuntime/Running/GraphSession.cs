using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>An ONNX Runtime session with the settings that serving needs.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions;
    private IDisposableReadOnlyCollection<OrtMemoryInfo>? _inputMemories;

    private GraphSession(InferenceSession session, SessionFactory factory)
    {
        _session = session;
        Factory = factory;
        _runOptions = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        Signature = new GraphSignature(Signatures(session.InputMetadata), Signatures(session.OutputMetadata));
    }

    public GraphSignature Signature { get; }

    /// <summary>Makes further sessions like this one.</summary>
    public SessionFactory Factory { get; }

    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded.</exception>
    /// <exception cref="Devices.DeviceUnavailableException">The device cannot be used.</exception>
    /// <param name="graphPath">The file.</param>
    /// <param name="edited">The file's contents to use instead of what it holds; weights outside it are still found beside the file.</param>
    /// <param name="factory">Where the session comes from.</param>
    public static GraphSession Open(string graphPath, byte[]? edited, SessionFactory factory) => new(
        edited is null ? factory.Open(graphPath) : factory.Open(edited, Path.GetDirectoryName(graphPath)), factory);

    /// <summary>A session of a small graph in memory.</summary>
    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded.</exception>
    public static GraphSession Open(byte[] graph, SessionFactory factory) => new(factory.Open(graph), factory);

    /// <summary>Where the provider that runs its first consumer wants an input; it must not outlive the session.</summary>
    public OrtMemoryInfo MemoryOfInput(string name)
    {
        _inputMemories ??= _session.GetMemoryInfosForInputs();
        return _inputMemories[_session.InputNames.ToList().IndexOf(name)];
    }

    /// <summary>The allocator of a memory that this session uses; it must not outlive the session.</summary>
    public OrtAllocator NewAllocator(OrtMemoryInfo memory) => new(_session, memory);

    public OrtIoBinding NewBinding() => _session.CreateIoBinding();

    /// <summary>Runs the graph over what is bound.</summary>
    /// <exception cref="ModelRunException">The run failed.</exception>
    public void Run(OrtIoBinding binding)
    {
        try
        {
            _session.RunWithBinding(_runOptions, binding);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelRunException($"The model run failed: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        _inputMemories?.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static TensorSignature[] Signatures(IReadOnlyDictionary<string, NodeMetadata> tensors)
    {
        return [.. tensors.Select(pair => new TensorSignature(
            pair.Key, pair.Value.ElementDataType, pair.Value.IsTensor ? pair.Value.Dimensions : []))];
    }
}
