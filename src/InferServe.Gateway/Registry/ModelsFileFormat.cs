using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using InferServe.Contracts.Validation;

namespace InferServe.Gateway.Registry;

/// <summary>
/// Names and limits of models.json, said once. <c>models.schema.json</c> repeats them for editors.
/// </summary>
internal static class ModelsFileFormat
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxDepth = 16;
    public const int MaxModels = 256;
    public const int MaxAliases = 32;
    public const int MaxAdapters = 64;
    public const int MaxLibraries = 16;
    public const int MaxWorkers = 64;
    public const int MaxNameLength = 128;
    public const int MaxPathLength = 1024;
    public const int MaxUrlLength = 256;

    /// <summary>Characters of a name besides letters and digits of ASCII; the first is a letter or digit.</summary>
    public const string NamePunctuation = "._:/@+-";

    public const string Schema = "$schema";
    public const string Models = "models";
    public const string Name = "name";
    public const string Path = "path";
    public const string File = "file";
    public const string Aliases = "aliases";
    public const string ChatTemplate = "chatTemplate";
    public const string ChatTemplateKwargs = "chatTemplateKwargs";
    public const string Runtime = "runtime";
    public const string Device = "device";
    public const string ProviderOptions = "providerOptions";
    public const string ExecutionProviderLibraries = "executionProviderLibraries";
    public const string ToolFormat = "toolFormat";
    public const string ReasoningFormat = "reasoningFormat";
    public const string Adapters = "adapters";
    public const string Workers = "workers";
    public const string Load = "load";
    public const string Sampling = "sampling";
    public const string Limits = "limits";

    public const string Eager = "eager";
    public const string OnDemand = "onDemand";

    public static readonly IntegerProperty Replicas = new("replicas", 1, 64);
    public static readonly IntegerProperty Threads = new("threads", 1, 1024);
    public static readonly IntegerProperty MaxSequences = new("maxSequences", 1, 1024);
    public static readonly IntegerProperty QueueLimit = new("queueLimit", 0, 65536);
    public static readonly IntegerProperty ContextLength = new("contextLength", 16, 1024 * 1024);
    public static readonly IntegerProperty IdleUnloadSeconds = new("idleUnloadSeconds", 1, 31_536_000);
    public static readonly IntegerProperty MemoryBytes = new("memoryBytes", 1024 * 1024, 1L << 50);
    public static readonly IntegerProperty MemoryLimitBytes = new("memoryLimitBytes", 1024 * 1024, 1L << 50);

    public static readonly IntegerProperty DeviceIndex = new("deviceIndex", 0, 1023);
    public static readonly IntegerProperty KvMemoryMiB = new("kvMemoryMiB", 1, 1024 * 1024 * 1024);

    public static readonly IReadOnlyList<IntegerProperty> Integers =
        [Replicas, Threads, MaxSequences, QueueLimit, ContextLength, IdleUnloadSeconds, MemoryBytes, MemoryLimitBytes, DeviceIndex, KvMemoryMiB];

    public static readonly IReadOnlyList<string> Runtimes = ["onnx", "genai"];

    public static readonly IReadOnlyList<string> AdapterProperties = [Name, Path];

    public static readonly IReadOnlyList<string> LibraryProperties = [Name, Path];

    /// <summary>Members of <c>sampling</c>; the ranges are those of a request's parameters.</summary>
    public static readonly IReadOnlyList<NumberProperty> SamplingNumbers =
    [
        new("temperature", 0, 2), new("topP", 0, 1, IsAbove: true), new("minP", 0, 1),
        new("presencePenalty", -2, 2), new("frequencyPenalty", -2, 2), new("repetitionPenalty", 0.01, 10),
    ];

    public static readonly IntegerProperty TopK = new("topK", -1, 1_000_000);

    /// <summary>Members of <c>limits</c>: the worker's limits of a request.</summary>
    public static readonly IReadOnlyList<IntegerProperty> LimitIntegers =
    [
        .. typeof(RequestLimits).GetProperties().Select(property => (property, Range: property.GetCustomAttribute<RangeAttribute>())).Where(pair => pair.Range is not null)
            .Select(pair => new IntegerProperty(JsonNamingPolicy.CamelCase.ConvertName(pair.property.Name), Number(pair.Range!.Minimum), Number(pair.Range.Maximum))),
    ];

    public static readonly IReadOnlyList<string> FileProperties = [Schema, Models, MemoryBytes.Name];

    /// <summary>Properties that say how the gateway's own workers run; without meaning where others run them.</summary>
    public static readonly IReadOnlyList<string> LocalProperties =
    [
        Path, File, Adapters, ChatTemplate, ChatTemplateKwargs, ToolFormat, ReasoningFormat, Runtime, Device,
        ProviderOptions, ExecutionProviderLibraries, Load, Sampling, Limits,
        .. Integers.Select(integer => integer.Name),
    ];

    public static readonly IReadOnlyList<string> ModelProperties = [Name, Workers, Aliases, .. LocalProperties];

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}

/// <summary>A whole-number property with its inclusive range.</summary>
internal sealed record IntegerProperty(string Name, long Minimum, long Maximum);

/// <summary>A number property with its range; the minimum itself is excluded where <paramref name="IsAbove"/> says so.</summary>
internal sealed record NumberProperty(string Name, double Minimum, double Maximum, bool IsAbove = false);
