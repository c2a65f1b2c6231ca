using System.Collections.Immutable;
using System.Text.Json;
using InferServe.Contracts.Models;

namespace InferServe.Gateway.Registry;

/// <summary>
/// Turns the text of a models file into a <see cref="ModelsFileConfig"/>. Every mistake is collected before any is
/// reported, so that a user corrects the file once.
/// </summary>
internal sealed class ModelsFileParser
{
    private readonly string _file;
    private readonly Func<string, bool> _folderExists;
    private readonly Func<string, bool> _fileExists;
    private readonly PlacedReader _reader = new();
    private readonly Dictionary<string, PlacedJson> _names = new(StringComparer.OrdinalIgnoreCase);

    private ModelsFileParser(string file, Func<string, bool> folderExists, Func<string, bool> fileExists)
        => (_file, _folderExists, _fileExists) = (file, folderExists, fileExists);

    /// <param name="file">Name of the file for messages.</param>
    /// <param name="text">The file's bytes, UTF-8 with or without a byte order mark.</param>
    /// <param name="folderExists">Whether a model's <c>path</c> leads to a folder.</param>
    /// <param name="fileExists">Whether the path of a chat template or an adapter leads to a file.</param>
    /// <exception cref="ModelsFileException">There is at least one mistake; the exception lists them all.</exception>
    public static ModelsFileConfig Parse(
        string file, ReadOnlySpan<byte> text, Func<string, bool> folderExists, Func<string, bool> fileExists)
    {
        var parser = new ModelsFileParser(file, folderExists, fileExists);
        var config = parser.ReadFile(text);
        return parser._reader.Problems.Count == 0 ? config : throw new ModelsFileException(file, parser._reader.Problems);
    }

    private ModelsFileConfig ReadFile(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        PlacedJson root;
        try
        {
            root = PlacedJsonParser.Parse(text);
        }
        catch (PlacedJsonException exception)
        {
            throw new ModelsFileException(_file, [new ModelsFileProblem("$", exception.Line, exception.Column, exception.Message)]);
        }

        if (!_reader.Expect(root, JsonValueKind.Object, "an object with \"models\""))
        {
            return new ModelsFileConfig([]);
        }

        _reader.CheckProperties(root, ModelsFileFormat.FileProperties);
        _reader.ReadText(root, ModelsFileFormat.Schema, required: false, ModelsFileFormat.MaxPathLength);
        var budget = _reader.ReadInteger(root, ModelsFileFormat.MemoryBytes);
        var entries = _reader.ReadArray(root, ModelsFileFormat.Models, required: true, minimum: 1, ModelsFileFormat.MaxModels);
        return new ModelsFileConfig([.. entries.Select(entry => ReadModel(entry, budget)).OfType<ModelConfig>()], budget);
    }

    private ModelConfig? ReadModel(PlacedJson entry, long? budget)
    {
        if (!_reader.Expect(entry, JsonValueKind.Object, "an object that describes a model"))
        {
            return null;
        }

        _reader.CheckProperties(entry, ModelsFileFormat.ModelProperties);
        var name = _reader.ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var aliases = _reader.ReadArray(entry, ModelsFileFormat.Aliases, required: false, minimum: 0, ModelsFileFormat.MaxAliases)
            .Where(alias => _reader.Expect(alias, JsonValueKind.String, "a string"))
            .ToImmutableArray();
        foreach (var given in name is null ? aliases : aliases.Insert(0, name))
        {
            CheckName(given);
        }

        var isRemote = entry.Properties.Exists(property => string.Equals(property.Name, ModelsFileFormat.Workers, StringComparison.Ordinal));
        var model = new ModelConfig { Name = name?.Text ?? "", Path = "", Aliases = [.. aliases.Select(alias => alias.Text)] };
        return isRemote ? ReadRemote(entry, model) : ReadLocal(entry, model, budget);
    }

    private ModelConfig ReadRemote(PlacedJson entry, ModelConfig model)
    {
        foreach (var property in entry.Properties.Where(property => ModelsFileFormat.LocalProperties.Contains(property.Name, StringComparer.Ordinal)))
        {
            _reader.Report(entry.Path, property.Line, property.Column, $"\"{property.Name}\" has no meaning beside \"{ModelsFileFormat.Workers}\": "
                + "who starts those workers sets it there");
        }

        var workers = _reader.ReadArray(entry, ModelsFileFormat.Workers, required: true, minimum: 1, ModelsFileFormat.MaxWorkers)
            .Where(worker => _reader.Expect(worker, JsonValueKind.String, "a string"));
        var given = new Dictionary<string, PlacedJson>(StringComparer.Ordinal);
        return model with { Workers = [.. workers.Select(worker => ReadUrl(worker, given)).OfType<Uri>()] };
    }

    /// <param name="value">An address.</param>
    /// <param name="given">The model's workers by host and port, which tell one from another.</param>
    private Uri? ReadUrl(PlacedJson value, Dictionary<string, PlacedJson> given)
    {
        if (value.Text.Length <= ModelsFileFormat.MaxUrlLength && Uri.TryCreate(value.Text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0)
        {
            if (!given.TryAdd(url.Authority, value))
            {
                var first = given[url.Authority];
                _reader.Report(value, $"the worker \"{url.Authority}\" is already given by {first.Path} in line {first.Line}; "
                    + $"each may stand once, with http or https, is \"{value.Text}\"");
            }

            return url;
        }

        _reader.Report(value, $"must be an address such as \"http://host:8001\", without path, query and user, of at most "
            + $"{ModelsFileFormat.MaxUrlLength} characters; is \"{value.Text}\"");
        return null;
    }

    private ModelConfig ReadLocal(PlacedJson entry, ModelConfig model, long? budget)
    {
        var path = _reader.ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        if (path is not null && !_folderExists(path.Text))
        {
            _reader.Report(path, $"the model folder \"{path.Text}\" does not exist; relative paths start at the folder of this file");
        }

        var file = _reader.ReadText(entry, ModelsFileFormat.File, required: false, ModelsFileFormat.MaxPathLength);
        if (file is not null && (Path.IsPathRooted(file.Text) || file.Text.Split('/', '\\').Contains("..")))
        {
            _reader.Report(file, $"must be a path within the model folder, is \"{file.Text}\"");
        }

        var template = _reader.ReadText(entry, ModelsFileFormat.ChatTemplate, required: false, ModelsFileFormat.MaxPathLength);
        if (template is not null && !_fileExists(template.Text))
        {
            _reader.Report(template, $"the chat template \"{template.Text}\" does not exist; relative paths start at the folder of this file");
        }

        var adapters = _reader.ReadArray(entry, ModelsFileFormat.Adapters, required: false, minimum: 0, ModelsFileFormat.MaxAdapters)
            .Select(ReadAdapter)
            .OfType<AdapterConfig>()
            .ToImmutableArray();
        var config = model with
        {
            Path = path?.Text ?? "",
            File = file?.Text,
            Adapters = adapters,
            ChatTemplate = template?.Text,
            ChatTemplateKwargs = _reader.ReadJsonObject(entry, ModelsFileFormat.ChatTemplateKwargs),
            ToolFormat = _reader.ReadOneOf(entry, ModelsFileFormat.ToolFormat, AnswerFormatNames.Tools),
            ReasoningFormat = _reader.ReadOneOf(entry, ModelsFileFormat.ReasoningFormat, AnswerFormatNames.Reasoning),
            Runtime = _reader.ReadOneOf(entry, ModelsFileFormat.Runtime, ModelsFileFormat.Runtimes),
            Replicas = (int?)_reader.ReadInteger(entry, ModelsFileFormat.Replicas),
            Threads = (int?)_reader.ReadInteger(entry, ModelsFileFormat.Threads),
            MaxSequences = (int?)_reader.ReadInteger(entry, ModelsFileFormat.MaxSequences),
            QueueLimit = (int?)_reader.ReadInteger(entry, ModelsFileFormat.QueueLimit),
            ContextLength = (int?)_reader.ReadInteger(entry, ModelsFileFormat.ContextLength),
            Device = _reader.ReadText(entry, ModelsFileFormat.Device, required: false, ModelsFileFormat.MaxNameLength)?.Text,
            DeviceIndex = (int?)_reader.ReadInteger(entry, ModelsFileFormat.DeviceIndex),
            ProviderOptions = _reader.ReadTexts(entry, ModelsFileFormat.ProviderOptions),
            ExecutionProviderLibraries =
            [
                .. _reader.ReadArray(entry, ModelsFileFormat.ExecutionProviderLibraries, required: false, minimum: 0, ModelsFileFormat.MaxLibraries)
                    .Select(ReadLibrary)
                    .OfType<ProviderLibraryConfig>(),
            ],
            KvMemoryMiB = (int?)_reader.ReadInteger(entry, ModelsFileFormat.KvMemoryMiB),
            Load = _reader.ReadWord(entry, ModelsFileFormat.Load, [ModelsFileFormat.Eager, ModelsFileFormat.OnDemand]) == ModelsFileFormat.OnDemand
                ? LoadPolicy.OnDemand
                : LoadPolicy.Eager,
            IdleUnloadSeconds = (int?)_reader.ReadInteger(entry, ModelsFileFormat.IdleUnloadSeconds),
            MemoryBytes = _reader.ReadInteger(entry, ModelsFileFormat.MemoryBytes),
            MemoryLimitBytes = _reader.ReadInteger(entry, ModelsFileFormat.MemoryLimitBytes),
            WorkerSettings = WorkerSettingsReader.Read(_reader, entry),
        };
        CheckLoad(entry, config, budget);
        return config;
    }

    /// <summary>Whether the file exists is left to the worker: where the device is auto, its absence is no mistake.</summary>
    private ProviderLibraryConfig? ReadLibrary(PlacedJson entry)
    {
        if (!_reader.Expect(entry, JsonValueKind.Object, "an object that describes a library"))
        {
            return null;
        }

        _reader.CheckProperties(entry, ModelsFileFormat.LibraryProperties);
        var name = _reader.ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var path = _reader.ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        return new ProviderLibraryConfig(name?.Text ?? "", path?.Text ?? "");
    }

    private AdapterConfig? ReadAdapter(PlacedJson entry)
    {
        if (!_reader.Expect(entry, JsonValueKind.Object, "an object that describes an adapter"))
        {
            return null;
        }

        _reader.CheckProperties(entry, ModelsFileFormat.AdapterProperties);
        var name = _reader.ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var path = _reader.ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        if (name is not null)
        {
            CheckName(name);
        }

        if (path is not null && !_fileExists(path.Text))
        {
            _reader.Report(path, $"the adapter file \"{path.Text}\" does not exist; relative paths start at the folder of this file");
        }

        return new AdapterConfig(name?.Text ?? "", path?.Text ?? "");
    }

    private void CheckLoad(PlacedJson entry, ModelConfig model, long? budget)
    {
        if (model.Load == LoadPolicy.Eager && model.IdleUnloadSeconds is not null)
        {
            _reader.Report(_reader.Find(entry, ModelsFileFormat.IdleUnloadSeconds.Name, required: false)!,
                $"only models with \"load\": \"{ModelsFileFormat.OnDemand}\" are unloaded");
        }

        if (model.MemoryBytes * (model.Replicas ?? 1) > budget)
        {
            _reader.Report(_reader.Find(entry, ModelsFileFormat.MemoryBytes.Name, required: false)!,
                $"{model.Replicas ?? 1} workers of {model.MemoryBytes} bytes do not fit in the file's \"memoryBytes\", {budget}");
        }
    }

    private void CheckName(PlacedJson given)
    {
        var name = given.Text;
        var valid = name.Length is > 0 and <= ModelsFileFormat.MaxNameLength
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || ModelsFileFormat.NamePunctuation.Contains(letter, StringComparison.Ordinal));
        if (!valid)
        {
            _reader.Report(given, $"a name has 1 to {ModelsFileFormat.MaxNameLength} letters, digits and {ModelsFileFormat.NamePunctuation} "
                + $"and starts with a letter or digit, is \"{name}\"");
        }
        else if (!_names.TryAdd(name, given))
        {
            var first = _names[name];
            _reader.Report(given, $"the name \"{name}\" is already taken by {first.Path} in line {first.Line}");
        }
    }
}
