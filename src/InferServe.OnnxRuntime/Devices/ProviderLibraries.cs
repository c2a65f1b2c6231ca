using Microsoft.ML.OnnxRuntime;

namespace InferServe.OnnxRuntime.Devices;

/// <summary>The libraries with execution providers that this process has registered; each is registered once and stays.</summary>
internal static class ProviderLibraries
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, IReadOnlyList<OrtEpDevice>> Registered = new(StringComparer.Ordinal);

    /// <summary>The devices that a library's provider offers.</summary>
    /// <exception cref="DeviceUnavailableException">The library is missing, or is no execution provider, or finds no device.</exception>
    public static IReadOnlyList<OrtEpDevice> DevicesOf(ProviderLibrary library)
    {
        lock (Gate)
        {
            if (!Registered.TryGetValue(library.Name, out var devices))
            {
                Registered.Add(library.Name, devices = Register(library));
            }

            return devices.Count > 0
                ? devices
                : throw new DeviceUnavailableException(library.Name, $"the execution provider library '{library.Path}' finds no device on this machine");
        }
    }

    private static OrtEpDevice[] Register(ProviderLibrary library)
    {
        string path = Path.GetFullPath(library.Path);
        if (!File.Exists(path))
        {
            throw new DeviceUnavailableException(library.Name, $"the execution provider library '{path}' does not exist");
        }

        var environment = OrtEnv.Instance();
        try
        {
            var before = environment.GetEpDevices().Select(device => device.EpName).ToHashSet(StringComparer.Ordinal);
            environment.RegisterExecutionProviderLibrary(library.Name, path);
            return [.. environment.GetEpDevices().Where(device => !before.Contains(device.EpName))];
        }
        catch (OnnxRuntimeException exception)
        {
            throw new DeviceUnavailableException(
                library.Name, $"the execution provider library '{path}' cannot be registered: {RuntimeMessage.Clean(exception.Message)}", exception);
        }
    }
}
