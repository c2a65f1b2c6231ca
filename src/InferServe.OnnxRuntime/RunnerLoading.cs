using InferServe.OnnxRuntime.Adapters;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Rewriting;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime;

/// <summary>Loads a model on the first device that runs it, and says of every other why it does not.</summary>
internal static class RunnerLoading
{
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">Which devices, and how the model is run.</param>
    /// <exception cref="ModelLoadException">An option is out of range, or no device runs the graph; every reason found is given.</exception>
    public static OnnxModelRunner Load(ModelFolder folder, OnnxRunnerOptions options)
    {
        // 1. What costs little: options, operators, the files of the weights.
        List<string> problems = [.. options.Problems(folder.Config.ContextLength)];
        AdapterSet? adapters = null;
        var outline = GraphFile.Outline(folder, problems);
        int contextLength = GraphFile.ContextLength(folder, outline, options.ContextLength);
        if (outline is not null)
        {
            problems.AddRange(GraphFile.Problems(folder, outline, contextLength));
            adapters = AdapterSet.Load(options.Adapters, outline.Defaults, problems);
        }

        if (adapters is null || problems.Count > 0)
        {
            adapters?.Dispose();
            throw new ModelLoadException(folder.Path, problems);
        }

        // 2. The graph with its weights, on the first device that runs it.
        try
        {
            return OnFirst(folder, options, device => LoadOn(device, folder, options, contextLength, adapters));
        }
        catch
        {
            adapters.Dispose();
            throw;
        }
    }

    private static OnnxModelRunner LoadOn(
        DeviceAttempt device, ModelFolder folder, OnnxRunnerOptions options, int contextLength, AdapterSet adapters)
    {
        var graph = LoadedGraph.Open(device.Name, folder, options, contextLength, adapters);
        GraphRun? run = null;
        try
        {
            run = new GraphRun(graph);
            run.LastLogitsOnly = GraphProbe.HasLastLogitsOnly(graph, run);
            GraphProbe.RunAdapters(graph, run);
            return new OnnxModelRunner(graph, run, adapters) { Warnings = device.Warnings };
        }
        catch
        {
            // The adapters can be used on another device.
            run?.Dispose();
            graph.Dispose();
            throw;
        }
    }

    private static OnnxModelRunner OnFirst(ModelFolder folder, OnnxRunnerOptions options, Func<DeviceAttempt, OnnxModelRunner> load)
    {
        RuntimeTelemetry.TurnOff();
        var candidates = DeviceChoice.Candidates(options.Device, OrtEnv.Instance().GetAvailableProviders());
        List<string> warnings = [];
        foreach (string device in candidates)
        {
            bool isLast = device == candidates[^1];
            if (isLast && options.Device.Name == DeviceOptions.Auto)
            {
                warnings.Add(candidates.Count == 1
                    ? "neither the runtime's library nor an execution provider library is for an accelerator, so the model runs on the processor"
                    : "no accelerator can be used, so the model runs on the processor");
            }

            try
            {
                return load(new DeviceAttempt(device, warnings));
            }
            catch (Exception exception) when (!isLast && exception is not ModelLoadException)
            {
                warnings.Add(Reason(exception, device));
            }
            catch (Exception exception) when (exception is not ModelLoadException)
            {
                throw new ModelLoadException(folder.GraphPath, [Reason(exception, device)], exception);
            }
        }

        throw new InvalidOperationException("There is always a device to try.");
    }

    private static string Reason(Exception exception, string device) => exception switch
    {
        OnnxRuntimeException when device == DeviceOptions.Cpu => $"ONNX Runtime cannot load the graph: {exception.Message}",
        OnnxRuntimeException => $"ONNX Runtime cannot load the graph on device '{device}': {RuntimeMessage.Clean(exception.Message)}",
        DeviceUnavailableException => exception.Message,
        _ when device == DeviceOptions.Cpu => exception.Message,
        _ => $"device '{device}' cannot be used: {exception.Message}",
    };
}
