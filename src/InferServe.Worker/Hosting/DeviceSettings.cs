using System.Text.Json;
using InferServe.OnnxRuntime.Devices;

namespace InferServe.Worker.Hosting;

/// <summary>Reads what the configuration says about the device.</summary>
internal static class DeviceSettings
{
    private static readonly string[] Reserved = [DeviceOptions.Cpu, DeviceOptions.Cuda, DeviceOptions.WebGpu, DeviceOptions.Auto];

    public static DeviceOptions Of(WorkerOptions options) => new()
    {
        Name = options.Device,
        Index = options.DeviceIndex,
        Provider = ProviderOptions(options.ProviderOptions) ?? new Dictionary<string, string>(),
        Libraries = [.. options.ExecutionProviderLibraries.Select(library => new ProviderLibrary(library.Name, Path.GetFullPath(library.Path)))],
    };

    /// <summary>Every mistake, one sentence each.</summary>
    public static IEnumerable<string> Problems(WorkerOptions options)
    {
        const string Section = WorkerOptions.Section;
        if (string.IsNullOrWhiteSpace(options.Device))
        {
            yield return $"{Section}:{nameof(options.Device)} must name a device: {string.Join(", ", Reserved)} or an execution provider library; it is empty.";
        }

        if (options is { Runtime: WorkerOptions.GenAiRuntime, Device: not DeviceOptions.Cpu })
        {
            yield return $"{Section}:{nameof(options.Device)} is for the runtime {WorkerOptions.OnnxRuntime}; "
                + $"the library {WorkerOptions.GenAiRuntime} takes its providers from genai_config.json. It is '{options.Device}'.";
        }

        if (options.ProviderOptions is { } json && ProviderOptions(json) is null)
        {
            yield return $"{Section}:{nameof(options.ProviderOptions)} must be a JSON object of texts; it is {json}";
        }

        foreach (var library in options.ExecutionProviderLibraries)
        {
            if (string.IsNullOrWhiteSpace(library.Name) || string.IsNullOrWhiteSpace(library.Path) || Reserved.Contains(library.Name, StringComparer.Ordinal))
            {
                yield return $"{Section}:{nameof(options.ExecutionProviderLibraries)} must have a path and a name that is none of {string.Join(", ", Reserved)} each; "
                    + $"one is '{library.Name}' at '{library.Path}'.";
            }
        }

        foreach (var name in options.ExecutionProviderLibraries.CountBy(library => library.Name).Where(count => count.Value > 1).Select(count => count.Key))
        {
            yield return $"{Section}:{nameof(options.ExecutionProviderLibraries)} must have different names; '{name}' is given twice.";
        }
    }

    private static Dictionary<string, string>? ProviderOptions(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "{}");
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String)
                ? document.RootElement.EnumerateObject().DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
