using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using InferServe.Gateway.Hosting;

namespace InferServe.Gateway.Supervision;

/// <summary>Builds the command that starts a worker.</summary>
internal static class WorkerCommand
{
    /// <summary>
    /// Variables a worker inherits. The list is short on purpose: the gateway's own settings, such as its listen
    /// address or keys, must not reach a worker.
    /// </summary>
    private static readonly HashSet<string> Inherited = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USERPROFILE", "SystemRoot", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "TZ",
        "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ENVIRONMENT", "SSL_CERT_FILE", "SSL_CERT_DIR",
    };

    private static readonly string[] InheritedPrefixes =
        ["Worker__", "Logging__", "DOTNET_EnableDiagnostics", "DOTNET_gc", "DOTNET_Tiered", "CUDA_", "NVIDIA_", "VK_", "ORT_", "OMP_", "OTEL_"];

    /// <summary>The worker beside the gateway.</summary>
    public static string DefaultPath(string applicationDirectory)
        => Path.Combine(applicationDirectory, "worker", OperatingSystem.IsWindows() ? "InferServe.Worker.exe" : "InferServe.Worker");

    public static ProcessStartInfo Create(WorkerDefinition worker, string program, string socket, GatewayOptions gateway)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        foreach (var argument in Arguments(worker, socket, gateway))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in Environment(System.Environment.GetEnvironmentVariables(), RuntimeEnvironment.GetRuntimeDirectory()))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The worker's settings; those the model's definition leaves open are left to the worker.</summary>
    internal static IEnumerable<string> Arguments(WorkerDefinition worker, string socket, GatewayOptions gateway)
    {
        var model = worker.Model;
        yield return $"--Worker:Model={model.Folder}";
        if (model.File is { } file)
        {
            yield return $"--Worker:GraphFile={file}";
        }

        yield return $"--Worker:Name={model.Name}";
        yield return $"--Worker:Socket={socket}";
        yield return "--Worker:ExitWithParent=true";
        (string Name, string? Value)[] texts =
        [
            ("Runtime", model.Runtime),
            ("Device", model.Device),
            ("ProviderOptions", model.ProviderOptions),
            ("ChatTemplate", model.ChatTemplate),
            ("ChatTemplateKwargs", model.ChatTemplateKwargs),
            ("ToolFormat", model.ToolFormat),
            ("ReasoningFormat", model.ReasoningFormat),
        ];
        foreach (var (name, value) in texts)
        {
            if (value is not null)
            {
                yield return $"--Worker:{name}={value}";
            }
        }

        for (var index = 0; index < model.Adapters.Length; index++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--Worker:Adapters:{index}:Name={model.Adapters[index].Name}");
            yield return string.Create(CultureInfo.InvariantCulture, $"--Worker:Adapters:{index}:Path={model.Adapters[index].File}");
        }

        for (var index = 0; index < model.ExecutionProviderLibraries.Length; index++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--Worker:ExecutionProviderLibraries:{index}:Name={model.ExecutionProviderLibraries[index].Name}");
            yield return string.Create(CultureInfo.InvariantCulture, $"--Worker:ExecutionProviderLibraries:{index}:Path={model.ExecutionProviderLibraries[index].Path}");
        }

        (string Name, long? Value)[] numbers =
        [
            ("MaxSequences", model.MaxSequences),
            ("QueueLimit", model.QueueLimit),
            ("ContextLength", model.ContextLength),
            ("DeviceIndex", model.DeviceIndex),
            ("KvMemoryBytes", (long?)model.KvMemoryMiB << 20),
            ("Threads", model.Threads),
            ("DrainSeconds", gateway.DrainSeconds),
            ("Limits:BodyBytes", gateway.MaxRequestBodyBytes),
        ];
        foreach (var (name, value) in numbers)
        {
            if (value is { } number)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"--Worker:{name}={number}");
            }
        }

        // Behind the gateway's own, so that a model's limit wins.
        foreach (var (name, value) in model.WorkerSettings)
        {
            yield return $"--Worker:{name}={value}";
        }
    }

    /// <summary>The inherited variables, the place of the running runtime, and log lines that a program can read.</summary>
    internal static Dictionary<string, string> Environment(IDictionary variables, string runtimeDirectory)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            if (Inherited.Contains(name) || InheritedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                result[name] = (string)variable.Value!;
            }
        }

        // One entry, one line: what WorkerLogLine reads.
        result["Logging__Console__FormatterName"] = "simple";
        result["Logging__Console__FormatterOptions__SingleLine"] = "true";
        result["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
        if (RuntimeRoot(runtimeDirectory) is { } root)
        {
            result["DOTNET_ROOT"] = root;
        }

        return result;
    }

    /// <summary>
    /// The installation that holds a shared runtime: <c>root/shared/Microsoft.NETCore.App/version</c>. Null for a
    /// self-contained application, which carries its runtime with it.
    /// </summary>
    internal static string? RuntimeRoot(string runtimeDirectory)
    {
        var shared = new DirectoryInfo(Path.TrimEndingDirectorySeparator(runtimeDirectory)).Parent?.Parent;
        return string.Equals(shared?.Name, "shared", StringComparison.Ordinal) ? shared!.Parent?.FullName : null;
    }
}
