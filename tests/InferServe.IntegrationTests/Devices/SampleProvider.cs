using System.Reflection;
using InferServe.IntegrationTests.Fixtures;
using InferServe.OnnxRuntime.Running;

namespace InferServe.IntegrationTests.Devices;

/// <summary>An execution provider as a library, compiled from <c>tests/fixtures/provider</c> by the machine's C compiler.</summary>
internal static class SampleProvider
{
    private static readonly string? Headers = FindHeaders();

    /// <summary>Why it cannot be built here; null when it can.</summary>
    public static readonly string? Missing = Headers is null ? "The headers of ONNX Runtime's package are not there." : CCompiler.Missing;

    /// <summary>Builds the library into a folder.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="devices">How many devices it finds: 0 or 1.</param>
    /// <returns>The library's path.</returns>
    public static string Build(string folder, int devices = 1)
    {
        var library = Path.Combine(folder, $"sample-{devices}.so");
        CCompiler.BuildLibrary(Path.Combine("provider", "provider.c"), library, $"-DDEVICES={devices}", "-I", Headers!);
        return library;
    }

    private static string? FindHeaders()
    {
        var packages = typeof(SampleProvider).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "NuGetPackages").Value!;
        RuntimeTelemetry.TurnOff();
        var version = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString();
        var headers = Path.Combine(packages, "microsoft.ml.onnxruntime", version, "build", "native", "include");
        return Directory.Exists(headers) ? headers : null;
    }
}

/// <summary>A test that needs <see cref="SampleProvider"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SampleProviderFactAttribute : FactAttribute
{
    public SampleProviderFactAttribute() => Skip = SampleProvider.Missing;
}
