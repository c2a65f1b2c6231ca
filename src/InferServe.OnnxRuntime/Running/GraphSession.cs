using InferServe.Engine.Model;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Graph;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>An ONNX Runtime session with the settings that serving needs.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions;

    private GraphSession(InferenceSession session)
    {
        _session = session;
        _runOptions = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        Signature = new GraphSignature(Signatures(session.InputMetadata), Signatures(session.OutputMetadata));
    }

    public GraphSignature Signature { get; }

    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded.</exception>
    /// <param name="graphPath">The file.</param>
    /// <param name="edited">The file's contents to use instead of what it holds; weights outside it are still found beside the file.</param>
    /// <param name="settings">What the model and its operator ask for.</param>
    public static GraphSession Open(string graphPath, byte[]? edited, SessionSettings settings)
    {
        RuntimeTelemetry.TurnOff();
        using var options = new SessionOptions
        {
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = settings.Threads ?? Environment.ProcessorCount,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = LevelOf(settings.Optimization),
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // A memory pattern is kept for every combination of input shapes, and the mask has another shape at every step.
            EnableMemoryPattern = false,
        };
        // Threads that wait spin by default and then take processor time from the HTTP server between the steps.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        foreach (var (key, value) in settings.Entries)
        {
            options.AddSessionConfigEntry(key, value);
        }

        if (edited is null)
        {
            return new GraphSession(new InferenceSession(graphPath, options));
        }

        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(graphPath)!);
        return new GraphSession(new InferenceSession(edited, options));
    }

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
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static GraphOptimizationLevel LevelOf(GraphOptimization? optimization) => optimization switch
    {
        GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
        GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
    };

    private static TensorSignature[] Signatures(IReadOnlyDictionary<string, NodeMetadata> tensors)
    {
        return [.. tensors.Select(pair => new TensorSignature(
            pair.Key, pair.Value.ElementDataType, pair.Value.IsTensor ? pair.Value.Dimensions : []))];
    }
}
