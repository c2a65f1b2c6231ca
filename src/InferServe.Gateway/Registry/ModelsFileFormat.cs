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
    public const int MaxNameLength = 128;
    public const int MaxPathLength = 1024;

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

    public static readonly IntegerProperty Replicas = new("replicas", 1, 64);
    public static readonly IntegerProperty Threads = new("threads", 1, 1024);
    public static readonly IntegerProperty MaxSequences = new("maxSequences", 1, 1024);
    public static readonly IntegerProperty QueueLimit = new("queueLimit", 0, 65536);
    public static readonly IntegerProperty ContextLength = new("contextLength", 16, 1024 * 1024);

    public static readonly IntegerProperty DeviceIndex = new("deviceIndex", 0, 1023);
    public static readonly IntegerProperty KvMemoryMiB = new("kvMemoryMiB", 1, 1024 * 1024 * 1024);

    public static readonly IReadOnlyList<IntegerProperty> Integers =
        [Replicas, Threads, MaxSequences, QueueLimit, ContextLength, DeviceIndex, KvMemoryMiB];

    public static readonly IReadOnlyList<string> Runtimes = ["onnx", "genai"];

    public static readonly IReadOnlyList<string> FileProperties = [Schema, Models];

    public static readonly IReadOnlyList<string> AdapterProperties = [Name, Path];

    public static readonly IReadOnlyList<string> LibraryProperties = [Name, Path];

    public static readonly IReadOnlyList<string> ModelProperties =
        [
            Name, Path, File, Aliases, Adapters, ChatTemplate, ChatTemplateKwargs, ToolFormat, ReasoningFormat, Runtime, Device,
            ProviderOptions, ExecutionProviderLibraries,
            .. Integers.Select(integer => integer.Name),
        ];
}

/// <summary>A whole-number property of a model with its inclusive range.</summary>
internal sealed record IntegerProperty(string Name, int Minimum, int Maximum);
