using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Config;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Graph;
using InferServe.OnnxRuntime.Memory;
using InferServe.OnnxRuntime.Rewriting;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Running;

/// <summary>A graph with its weights on a device, and what it runs over: keys and values, and the adapters' values.</summary>
internal sealed class LoadedGraph : IDisposable
{
    private LoadedGraph(GenAiConfig config, GraphSession session, string? windowInput, KvShape shape, IKvStore kv, AdapterValues adapters)
    {
        Config = config;
        Session = session;
        WindowInput = windowInput;
        Shape = shape;
        Kv = kv;
        Adapters = adapters;
    }

    public GenAiConfig Config { get; }

    public GraphSession Session { get; }

    /// <summary>The input that says how many positions, counted back from the last, get logits; null where the graph decides.</summary>
    public string? WindowInput { get; }

    public KvShape Shape { get; }

    public IKvStore Kv { get; }

    public AdapterValues Adapters { get; }

    /// <summary>Whether keys and values are in a device's memory.</summary>
    public bool KvIsOnDevice => Kv.MemoryInfo.GetDeviceType() != OrtMemoryInfoDeviceType.CPU;

    /// <exception cref="ModelLoadException">The graph's inputs and outputs do not fit the config.</exception>
    /// <exception cref="DeviceUnavailableException">The device cannot be used.</exception>
    /// <exception cref="OnnxRuntimeException">The graph cannot be loaded on it.</exception>
    /// <exception cref="InsufficientMemoryException">It has no room for keys and values.</exception>
    public static LoadedGraph Open(string device, ModelFolder folder, OnnxRunnerOptions options, int contextLength, AdapterSet adapters)
    {
        var config = folder.Config;
        var windowed = GraphFile.OpenWindowed(folder);
        var factory = new SessionFactory(config.Session with { Threads = options.Threads ?? config.Session.Threads }, device, options.Device);
        var session = GraphSession.Open(folder.GraphPath, windowed?.Model, factory);
        IKvStore? kv = null;
        try
        {
            var inputs = session.Signature.Inputs.Where(input => input.Name != windowed?.Input);
            if (GraphCheck.SignatureProblems(session.Signature with { Inputs = [.. inputs] }, config) is { Count: > 0 } problems)
            {
                throw new ModelLoadException(folder.GraphPath, problems);
            }

            (var shape, kv) = KvStores.Open(session, config, options, contextLength);
            var values = kv is HostKvStore ? AdapterValues.OnHost(adapters) : AdapterValues.OnDevice(adapters, factory, kv.MemoryInfo);
            return new LoadedGraph(config, session, windowed?.Input, shape, kv, values);
        }
        catch
        {
            kv?.Dispose();
            session.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Adapters.Dispose();
        Kv.Dispose();
        Session.Dispose();
    }
}
