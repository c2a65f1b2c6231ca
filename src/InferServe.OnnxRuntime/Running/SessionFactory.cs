using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Devices;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>Makes ONNX Runtime sessions on one device, with the settings that serving needs.</summary>
/// <param name="settings">What the model and its operator ask for.</param>
/// <param name="device">The device's name.</param>
/// <param name="options">How it is asked for.</param>
internal sealed class SessionFactory(SessionSettings settings, string device, DeviceOptions options)
{
    // Threads that spin while a step runs save the time of waking up for each of its hundreds of operators; between the steps they sleep and
    // leave the processor to the HTTP server.
    private static readonly Dictionary<string, string> Spinning = new()
    {
        ["session.intra_op.allow_spinning"] = "1",
        ["session.force_spinning_stop"] = "1",
    };

    /// <summary>The device's name.</summary>
    public string Device => device;

    /// <summary>Whether the device is the processor, alone or with a library's kernels for it.</summary>
    public bool IsProcessor => DeviceChoice.IsProcessor(device, options);

    /// <summary>A session of a graph in a file.</summary>
    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded.</exception>
    /// <exception cref="DeviceUnavailableException">The device cannot be used.</exception>
    public InferenceSession Open(string graphPath)
    {
        using var session = NewOptions();
        return new InferenceSession(graphPath, session);
    }

    /// <summary>A session of a graph in memory.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weightsFolder">Where weights outside the graph are.</param>
    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded.</exception>
    /// <exception cref="DeviceUnavailableException">The device cannot be used.</exception>
    public InferenceSession Open(byte[] graph, string? weightsFolder = null)
    {
        using var session = NewOptions();
        if (weightsFolder is not null)
        {
            session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", weightsFolder);
        }

        return new InferenceSession(graph, session);
    }

    private SessionOptions NewOptions()
    {
        RuntimeTelemetry.TurnOff();
        var session = new SessionOptions
        {
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = settings.Threads ?? Environment.ProcessorCount,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = LevelOf(settings.Optimization),
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // A memory pattern is kept for every combination of input shapes, and the mask has another shape at every step.
            EnableMemoryPattern = false,
        };
        try
        {
            foreach (var (key, value) in Spinning.Where(entry => !settings.Entries.ContainsKey(entry.Key)).Concat(settings.Entries))
            {
                session.AddSessionConfigEntry(key, value);
            }

            DeviceChoice.Append(session, device, options);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static GraphOptimizationLevel LevelOf(GraphOptimization? optimization) => optimization switch
    {
        GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
        GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
    };
}
