using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Registry;

/// <summary>Reads a models file from disk and resolves it into a <see cref="ModelRegistry"/>.</summary>
internal static class ModelsFileReader
{
    /// <param name="file">Absolute path of the file.</param>
    /// <param name="changeToken">Fires when the registry is replaced.</param>
    /// <exception cref="ModelsFileException">The file cannot be read or has mistakes.</exception>
    public static ModelRegistry Read(string file, IChangeToken changeToken)
    {
        var baseFolder = Path.GetDirectoryName(file)!;
        string Resolve(string path) => Path.GetFullPath(path, baseFolder);

        var config = ModelsFileParser.Parse(file, ReadBytes(file), path => Directory.Exists(Resolve(path)), path => File.Exists(Resolve(path)));
        return new ModelRegistry(
            file,
            config.Models.Select(model => model.Workers.Length > 0 ? DefineRemote(model, File.GetLastWriteTimeUtc(file)) : Define(model, Resolve)),
            changeToken,
            config.MemoryBytes);
    }

    private static ModelDefinition DefineRemote(ModelConfig config, DateTime created) => new()
    {
        Name = config.Name,
        Folder = "",
        Aliases = config.Aliases,
        RemoteWorkers = config.Workers,
        Replicas = config.Workers.Length,
        Created = created,
    };

    private static ModelDefinition Define(ModelConfig config, Func<string, string> resolve) => new()
    {
        Name = config.Name,
        Folder = resolve(config.Path),
        File = config.File,
        Aliases = config.Aliases,
        ChatTemplate = config.ChatTemplate is { } template ? resolve(template) : null,
        ChatTemplateKwargs = config.ChatTemplateKwargs,
        ToolFormat = config.ToolFormat,
        ReasoningFormat = config.ReasoningFormat,
        Adapters = [.. config.Adapters.Select(adapter => new AdapterDefinition(adapter.Name, resolve(adapter.Path)))],
        Replicas = config.Replicas ?? 1,
        Threads = config.Threads,
        MaxSequences = config.MaxSequences,
        QueueLimit = config.QueueLimit,
        ContextLength = config.ContextLength,
        Runtime = config.Runtime,
        Device = config.Device,
        DeviceIndex = config.DeviceIndex,
        ProviderOptions = config.ProviderOptions,
        ExecutionProviderLibraries = [.. config.ExecutionProviderLibraries.Select(library => library with { Path = resolve(library.Path) })],
        KvMemoryMiB = config.KvMemoryMiB,
        Load = config.Load,
        IdleUnload = config.IdleUnloadSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        MemoryBytes = config.MemoryBytes,
        MemoryLimitBytes = config.MemoryLimitBytes,
        WorkerSettings = config.WorkerSettings,
        Stamp = FolderStamp.Of(resolve(config.Path), config.Adapters.Select(adapter => adapter.Path).Append(config.ChatTemplate).OfType<string>().Select(resolve)),
        Created = Directory.GetLastWriteTimeUtc(resolve(config.Path)),
    };

    private static byte[] ReadBytes(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            if (stream.Length > ModelsFileFormat.MaxBytes)
            {
                throw Unusable(file, $"the models file may have {ModelsFileFormat.MaxBytes} bytes, has {stream.Length}");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, $"the models file cannot be read: {exception.Message}");
        }
    }

    private static ModelsFileException Unusable(string file, string message) => new(file, [new ModelsFileProblem("$", 0, 0, message)]);
}
