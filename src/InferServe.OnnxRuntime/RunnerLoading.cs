using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Running;
using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime;

/// <summary>Loads a model on the first device that runs it, and says of every other why it does not.</summary>
internal static class RunnerLoading
{
    /// <param name="folder">The model's folder.</param>
    /// <param name="options">Which devices.</param>
    /// <param name="load">Loads it on one device.</param>
    /// <exception cref="ModelLoadException">No device runs it.</exception>
    public static OnnxModelRunner Load(ModelFolder folder, OnnxRunnerOptions options, Func<DeviceAttempt, OnnxModelRunner> load)
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
