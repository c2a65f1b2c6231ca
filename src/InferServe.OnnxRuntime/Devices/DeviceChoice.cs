using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Devices;

/// <summary>Which devices to try, and how each is asked for.</summary>
internal static class DeviceChoice
{
    private const string CudaProvider = "CUDAExecutionProvider";
    private const string WebGpuProvider = "WebGpuExecutionProvider";

    /// <summary>The devices to try in this order: the one that is named, or all that this process may have and the processor at last.</summary>
    public static IReadOnlyList<string> Candidates(DeviceOptions options, IReadOnlyCollection<string> available) => options.Name != DeviceOptions.Auto
        ? [options.Name]
        : [
            .. options.Libraries.Select(library => library.Name),
            .. available.Contains(CudaProvider) ? [DeviceOptions.Cuda] : Array.Empty<string>(),
            .. available.Contains(WebGpuProvider) ? [DeviceOptions.WebGpu] : Array.Empty<string>(),
            DeviceOptions.Cpu,
        ];

    /// <summary>Adds the device's execution provider to a session's options.</summary>
    /// <exception cref="DeviceUnavailableException">The runtime's library does not hold the provider, or the provider does not start.</exception>
    public static void Append(SessionOptions session, string device, DeviceOptions options)
    {
        try
        {
            switch (device)
            {
                case DeviceOptions.Cpu:
                    break;
                case DeviceOptions.Cuda:
                    AppendCuda(session, options);
                    break;
                case DeviceOptions.WebGpu when options.Index != 0:
                    throw new DeviceUnavailableException(device, $"WebGPU chooses the GPU itself, so the index must be 0, got {options.Index}");
                case DeviceOptions.WebGpu:
                    session.AppendExecutionProvider("WebGPU", new Dictionary<string, string>(options.Provider));
                    break;
                default:
                    AppendLibrary(session, device, options);
                    break;
            }
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw new DeviceUnavailableException(device, RuntimeMessage.Clean(exception.Message), exception);
        }
    }

    private static void AppendCuda(SessionOptions session, DeviceOptions options)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>(options.Provider)
        {
            ["device_id"] = options.Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        session.AppendExecutionProvider_CUDA(cuda);
    }

    /// <summary>Whether the device is the processor, alone or with a library's kernels for it.</summary>
    /// <exception cref="DeviceUnavailableException">No library has this name, or it has no device with this index.</exception>
    public static bool IsProcessor(string device, DeviceOptions options) => device switch
    {
        DeviceOptions.Cpu => true,
        DeviceOptions.Cuda or DeviceOptions.WebGpu => false,
        _ => DeviceOfLibrary(device, options).HardwareDevice.Type == OrtHardwareDeviceType.CPU,
    };

    private static void AppendLibrary(SessionOptions session, string device, DeviceOptions options)
        => session.AppendExecutionProvider(OrtEnv.Instance(), [DeviceOfLibrary(device, options)], options.Provider);

    private static OrtEpDevice DeviceOfLibrary(string device, DeviceOptions options)
    {
        var library = options.Libraries.FirstOrDefault(library => library.Name == device)
            ?? throw new DeviceUnavailableException(device, $"it is none of cpu, cuda, webgpu, auto, and no execution provider library has this name");
        var devices = ProviderLibraries.DevicesOf(library);
        return options.Index < devices.Count
            ? devices[options.Index]
            : throw new DeviceUnavailableException(device, $"its library finds {devices.Count} device(s), so the index must be below that, got {options.Index}");
    }
}
