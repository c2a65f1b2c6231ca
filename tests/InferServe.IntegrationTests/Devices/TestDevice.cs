using System.Runtime.CompilerServices;
using System.Text.Json;
using InferServe.OnnxRuntime.Devices;
using InferServe.OnnxRuntime.Running;

namespace InferServe.IntegrationTests.Devices;

/// <summary>The accelerator that the tests of devices run on, as the environment names it.</summary>
internal static class TestDevice
{
    private const string DeviceVariable = "INFERSERVE_TEST_DEVICE";
    private const string OptionsVariable = "INFERSERVE_TEST_PROVIDER_OPTIONS";
    private const string RuntimeVariable = "INFERSERVE_TEST_RUNTIME";

    /// <summary>Its name; null when there is none.</summary>
    public static string? Name => Environment.GetEnvironmentVariable(DeviceVariable);

    /// <summary>A native library of ONNX Runtime with its provider; null for the package's own.</summary>
    public static string? Runtime => Environment.GetEnvironmentVariable(RuntimeVariable);

    /// <summary>The device with its provider's options, which the environment gives as a JSON object of texts.</summary>
    public static DeviceOptions Options => new()
    {
        Name = Name!,
        Provider = JsonSerializer.Deserialize<Dictionary<string, string>>(Environment.GetEnvironmentVariable(OptionsVariable) ?? "{}")!,
    };

#pragma warning disable CA2255 // The library has to be chosen before any test uses another.
    [ModuleInitializer]
    internal static void UseRuntime()
    {
        if (Runtime is { Length: > 0 } library)
        {
            NativeRuntime.Use(library);
        }
    }
#pragma warning restore CA2255
}
