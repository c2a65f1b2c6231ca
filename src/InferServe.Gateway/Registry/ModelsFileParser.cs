using System.Collections.Immutable;
using System.Globalization;
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
    private readonly List<ModelsFileProblem> _problems = [];

    private ModelsFileParser(string file) => _file = file;

    /// <param name="file">Name of the file for messages.</param>
    /// <param name="text">The file's bytes, UTF-8 with or without a byte order mark.</param>
    /// <param name="folderExists">Whether a model's <c>path</c> leads to a folder.</param>
    /// <param name="fileExists">Whether the path of a chat template or an adapter leads to a file.</param>
    /// <exception cref="ModelsFileException">There is at least one mistake; the exception lists them all.</exception>
    public static ModelsFileConfig Parse(
        string file, ReadOnlySpan<byte> text, Func<string, bool> folderExists, Func<string, bool> fileExists)
    {
        var parser = new ModelsFileParser(file);
        var config = parser.ReadFile(text, folderExists, fileExists);
        return parser._problems.Count == 0 ? config : throw new ModelsFileException(file, parser._problems);
    }

    private ModelsFileConfig ReadFile(ReadOnlySpan<byte> text, Func<string, bool> folderExists, Func<string, bool> fileExists)
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

        if (!Expect(root, JsonValueKind.Object, "an object with \"models\""))
        {
            return new ModelsFileConfig([]);
        }

        CheckProperties(root, ModelsFileFormat.FileProperties);
        ReadText(root, ModelsFileFormat.Schema, required: false, ModelsFileFormat.MaxPathLength);
        var entries = ReadArray(root, ModelsFileFormat.Models, required: true, minimum: 1, ModelsFileFormat.MaxModels);
        var names = new Dictionary<string, PlacedJson>(StringComparer.OrdinalIgnoreCase);
        return new ModelsFileConfig([.. entries.Select(entry => ReadModel(entry, names, folderExists, fileExists)).OfType<ModelConfig>()]);
    }

    private ModelConfig? ReadModel(
        PlacedJson entry, Dictionary<string, PlacedJson> names, Func<string, bool> folderExists, Func<string, bool> fileExists)
    {
        if (!Expect(entry, JsonValueKind.Object, "an object that describes a model"))
        {
            return null;
        }

        CheckProperties(entry, ModelsFileFormat.ModelProperties);
        var name = ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var path = ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        var file = ReadText(entry, ModelsFileFormat.File, required: false, ModelsFileFormat.MaxPathLength);
        if (file is not null && (Path.IsPathRooted(file.Text) || file.Text.Split('/', '\\').Contains("..")))
        {
            Report(file, $"must be a path within the model folder, is \"{file.Text}\"");
        }

        var aliases = ReadArray(entry, ModelsFileFormat.Aliases, required: false, minimum: 0, ModelsFileFormat.MaxAliases)
            .Where(alias => Expect(alias, JsonValueKind.String, "a string"))
            .ToImmutableArray();
        foreach (var given in name is null ? aliases : aliases.Insert(0, name))
        {
            CheckName(given, names);
        }

        var adapters = ReadArray(entry, ModelsFileFormat.Adapters, required: false, minimum: 0, ModelsFileFormat.MaxAdapters)
            .Select(adapter => ReadAdapter(adapter, names, fileExists))
            .OfType<AdapterConfig>()
            .ToImmutableArray();
        if (path is not null && !folderExists(path.Text))
        {
            Report(path, $"the model folder \"{path.Text}\" does not exist; relative paths start at the folder of this file");
        }

        var template = ReadText(entry, ModelsFileFormat.ChatTemplate, required: false, ModelsFileFormat.MaxPathLength);
        if (template is not null && !fileExists(template.Text))
        {
            Report(template, $"the chat template \"{template.Text}\" does not exist; relative paths start at the folder of this file");
        }

        return new ModelConfig
        {
            Name = name?.Text ?? "",
            Path = path?.Text ?? "",
            File = file?.Text,
            Adapters = adapters,
            Aliases = [.. aliases.Select(alias => alias.Text)],
            ChatTemplate = template?.Text,
            ChatTemplateKwargs = ReadObject(entry, ModelsFileFormat.ChatTemplateKwargs),
            ToolFormat = ReadOneOf(entry, ModelsFileFormat.ToolFormat, AnswerFormatNames.Tools),
            ReasoningFormat = ReadOneOf(entry, ModelsFileFormat.ReasoningFormat, AnswerFormatNames.Reasoning),
            Replicas = ReadInteger(entry, ModelsFileFormat.Replicas),
            Threads = ReadInteger(entry, ModelsFileFormat.Threads),
            MaxSequences = ReadInteger(entry, ModelsFileFormat.MaxSequences),
            QueueLimit = ReadInteger(entry, ModelsFileFormat.QueueLimit),
            ContextLength = ReadInteger(entry, ModelsFileFormat.ContextLength),
            Runtime = ReadOneOf(entry, ModelsFileFormat.Runtime, ModelsFileFormat.Runtimes),
            Device = ReadText(entry, ModelsFileFormat.Device, required: false, ModelsFileFormat.MaxNameLength)?.Text,
            DeviceIndex = ReadInteger(entry, ModelsFileFormat.DeviceIndex),
            ProviderOptions = ReadTexts(entry, ModelsFileFormat.ProviderOptions),
            ExecutionProviderLibraries =
            [
                .. ReadArray(entry, ModelsFileFormat.ExecutionProviderLibraries, required: false, minimum: 0, ModelsFileFormat.MaxLibraries)
                    .Select(ReadLibrary)
                    .OfType<ProviderLibraryConfig>(),
            ],
            KvMemoryMiB = ReadInteger(entry, ModelsFileFormat.KvMemoryMiB),
        };
    }

    /// <summary>Whether the file exists is left to the worker: where the device is auto, its absence is no mistake.</summary>
    private ProviderLibraryConfig? ReadLibrary(PlacedJson entry)
    {
        if (!Expect(entry, JsonValueKind.Object, "an object that describes a library"))
        {
            return null;
        }

        CheckProperties(entry, ModelsFileFormat.LibraryProperties);
        var name = ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var path = ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        return new ProviderLibraryConfig(name?.Text ?? "", path?.Text ?? "");
    }

    private AdapterConfig? ReadAdapter(PlacedJson entry, Dictionary<string, PlacedJson> names, Func<string, bool> fileExists)
    {
        if (!Expect(entry, JsonValueKind.Object, "an object that describes an adapter"))
        {
            return null;
        }

        CheckProperties(entry, ModelsFileFormat.AdapterProperties);
        var name = ReadText(entry, ModelsFileFormat.Name, required: true, ModelsFileFormat.MaxNameLength);
        var path = ReadText(entry, ModelsFileFormat.Path, required: true, ModelsFileFormat.MaxPathLength);
        if (name is not null)
        {
            CheckName(name, names);
        }

        if (path is not null && !fileExists(path.Text))
        {
            Report(path, $"the adapter file \"{path.Text}\" does not exist; relative paths start at the folder of this file");
        }

        return new AdapterConfig(name?.Text ?? "", path?.Text ?? "");
    }

    private void CheckProperties(PlacedJson value, IReadOnlyList<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.Properties)
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal))
            {
                var suggestion = Suggestion.For(property.Name, known);
                var hint = suggestion is null ? $"known are {string.Join(", ", known)}" : $"did you mean \"{suggestion}\"?";
                Report(value.Path, property.Line, property.Column, $"unknown property \"{property.Name}\"; {hint}");
            }
            else if (!seen.Add(property.Name))
            {
                Report(value.Path, property.Line, property.Column, $"property \"{property.Name}\" is given twice");
            }
        }
    }

    private void CheckName(PlacedJson given, Dictionary<string, PlacedJson> names)
    {
        var name = given.Text;
        var valid = name.Length is > 0 and <= ModelsFileFormat.MaxNameLength
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || ModelsFileFormat.NamePunctuation.Contains(letter, StringComparison.Ordinal));
        if (!valid)
        {
            Report(given, $"a name has 1 to {ModelsFileFormat.MaxNameLength} letters, digits and {ModelsFileFormat.NamePunctuation} "
                + $"and starts with a letter or digit, is \"{name}\"");
        }
        else if (!names.TryAdd(name, given))
        {
            var first = names[name];
            Report(given, $"the name \"{name}\" is already taken by {first.Path} in line {first.Line}");
        }
    }

    private PlacedJson? ReadText(PlacedJson parent, string name, bool required, int maxLength)
    {
        var value = Find(parent, name, required);
        if (value is null || !Expect(value, JsonValueKind.String, "a string"))
        {
            return null;
        }

        if (value.Text.Length == 0 || value.Text.Length > maxLength || value.Text.Contains('\0', StringComparison.Ordinal))
        {
            Report(value, $"must have 1 to {maxLength} characters, none of them NUL; has {value.Text.Length}");
            return null;
        }

        return value;
    }

    private string? ReadObject(PlacedJson parent, string name)
    {
        var value = Find(parent, name, required: false);
        return value is not null && Expect(value, JsonValueKind.Object, "an object") ? value.ToJson() : null;
    }

    private string? ReadTexts(PlacedJson parent, string name)
    {
        foreach (var property in Find(parent, name, required: false)?.Properties ?? [])
        {
            Expect(property.Value, JsonValueKind.String, "a string");
        }

        return ReadObject(parent, name);
    }

    private string? ReadOneOf(PlacedJson parent, string name, IReadOnlyList<string> known)
    {
        var value = ReadText(parent, name, required: false, ModelsFileFormat.MaxNameLength);
        if (value is not null && !known.Contains(value.Text, StringComparer.Ordinal))
        {
            Report(value, $"must be one of {string.Join(", ", known)}, is \"{value.Text}\"");
        }

        return value?.Text;
    }

    private List<PlacedJson> ReadArray(PlacedJson parent, string name, bool required, int minimum, int maximum)
    {
        var value = Find(parent, name, required);
        if (value is null || !Expect(value, JsonValueKind.Array, "an array"))
        {
            return [];
        }

        if (value.Items.Count < minimum || value.Items.Count > maximum)
        {
            Report(value, $"must have {minimum} to {maximum} elements, has {value.Items.Count}");
        }

        return value.Items;
    }

    private int? ReadInteger(PlacedJson parent, IntegerProperty property)
    {
        var value = Find(parent, property.Name, required: false);
        if (value is null || !Expect(value, JsonValueKind.Number, "a whole number"))
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= property.Minimum && number <= property.Maximum)
        {
            return number;
        }

        Report(value, $"must be a whole number from {property.Minimum} to {property.Maximum}, is {value.Text}");
        return null;
    }

    private PlacedJson? Find(PlacedJson parent, string name, bool required)
    {
        var found = parent.Properties.Find(property => string.Equals(property.Name, name, StringComparison.Ordinal))?.Value;
        if (found is null && required)
        {
            Report(parent, $"\"{name}\" is missing");
        }

        return found;
    }

    private bool Expect(PlacedJson value, JsonValueKind kind, string description)
    {
        if (value.Kind == kind)
        {
            return true;
        }

        Report(value, $"must be {description}, is {Describe(value.Kind)}");
        return false;
    }

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private void Report(PlacedJson value, string message) => Report(value.Path, value.Line, value.Column, message);

    private void Report(string path, int line, int column, string message) => _problems.Add(new ModelsFileProblem(path, line, column, message));
}
