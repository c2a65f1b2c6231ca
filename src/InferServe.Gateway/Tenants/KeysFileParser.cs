using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>Turns the text of a keys file into a <see cref="KeyRing"/>. Every mistake is collected before any is reported.</summary>
internal sealed class KeysFileParser
{
    private readonly PlacedReader _reader = new();
    private readonly Dictionary<string, PlacedJson> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PlacedJson> _hashes = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="file">Name of the file for messages.</param>
    /// <param name="text">The file's bytes, UTF-8 with or without a byte order mark.</param>
    /// <exception cref="KeysFileException">There is at least one mistake; the exception lists them all.</exception>
    public static KeyRing Parse(string file, ReadOnlySpan<byte> text)
    {
        var parser = new KeysFileParser();
        var keys = parser.ReadFile(file, text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        return parser._reader.Problems.Count == 0 ? new KeyRing(keys) : throw new KeysFileException(file, parser._reader.Problems);
    }

    private ImmutableArray<ApiKey> ReadFile(string file, ReadOnlySpan<byte> text)
    {
        PlacedJson root;
        try
        {
            root = PlacedJsonParser.Parse(text);
        }
        catch (PlacedJsonException exception)
        {
            throw new KeysFileException(file, [new ModelsFileProblem("$", exception.Line, exception.Column, exception.Message)]);
        }

        if (!_reader.Expect(root, JsonValueKind.Object, "an object with \"keys\""))
        {
            return [];
        }

        _reader.CheckProperties(root, KeysFileFormat.FileProperties);
        _reader.ReadText(root, KeysFileFormat.Schema);
        var entries = _reader.ReadArray(root, KeysFileFormat.Keys, required: true, minimum: 0, KeysFileFormat.MaxKeys);
        return [.. entries.Select(ReadKey).OfType<ApiKey>()];
    }

    private ApiKey? ReadKey(PlacedJson entry)
    {
        if (!_reader.Expect(entry, JsonValueKind.Object, "an object that describes a key"))
        {
            return null;
        }

        _reader.CheckProperties(entry, KeysFileFormat.KeyProperties);
        var name = ReadName(entry, KeysFileFormat.Name, required: true);
        if (name is not null && !_names.TryAdd(name.Text, name))
        {
            _reader.Report(name, $"the name \"{name.Text}\" is already taken in line {_names[name.Text].Line}");
        }

        return new ApiKey
        {
            Name = name?.Text ?? "",
            Tenant = ReadName(entry, KeysFileFormat.Tenant, required: false)?.Text ?? name?.Text ?? "",
            Digest = ReadHash(entry),
            Models = ReadModels(entry),
            RequestsPerMinute = ReadInteger(entry, KeysFileFormat.RequestsPerMinute),
            TokensPerMinute = ReadInteger(entry, KeysFileFormat.TokensPerMinute),
            ConcurrentRequests = ReadInteger(entry, KeysFileFormat.ConcurrentRequests),
            Priority = ReadInteger(entry, KeysFileFormat.Priority) ?? 0,
            SharedPrefixCache = _reader.ReadBoolean(entry, KeysFileFormat.SharedPrefixCache) ?? false,
        };
    }

    private PlacedJson? ReadName(PlacedJson entry, string property, bool required)
    {
        var name = _reader.ReadText(entry, property, required);
        if (name is not null && !IsName(name.Text))
        {
            _reader.Report(name, $"must have 1 to {KeysFileFormat.MaxNameLength} letters, digits and {KeysFileFormat.NamePunctuation} and start with a letter "
                + $"or digit, is \"{name.Text}\"");
            return null;
        }

        return name;
    }

    private ImmutableArray<byte> ReadHash(PlacedJson entry)
    {
        var hash = _reader.ReadText(entry, KeysFileFormat.Hash, required: true);
        if (hash is null)
        {
            return [];
        }

        // The value is not repeated: somebody may have put the key itself there.
        if (ApiKeyText.Parse(hash.Text) is not { } digest)
        {
            _reader.Report(hash, $"must be \"{ApiKeyText.DigestPrefix}\" and 64 hexadecimal digits, as `InferServe.Gateway keys hash` prints it");
            return [];
        }

        if (!_hashes.TryAdd(hash.Text, hash))
        {
            _reader.Report(hash, $"the same key stands in line {_hashes[hash.Text].Line}");
        }

        return [.. digest];
    }

    private int? ReadInteger(PlacedJson entry, IntegerProperty property) => (int?)_reader.ReadInteger(entry, property);

    /// <summary>The models that the key may ask for; null, all of them, where the entry names none.</summary>
    private FrozenSet<string>? ReadModels(PlacedJson entry) => _reader.Find(entry, KeysFileFormat.Models, required: false) is null
        ? null
        : _reader.ReadArray(entry, KeysFileFormat.Models, required: false, minimum: 1, KeysFileFormat.MaxModels)
            .Where(model => _reader.Expect(model, JsonValueKind.String, "the name of a model"))
            .Select(model => model.Text)
            .ToFrozenSet(StringComparer.Ordinal);

    private static bool IsName(string text) => text.Length is > 0 and <= KeysFileFormat.MaxNameLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || KeysFileFormat.NamePunctuation.Contains(letter, StringComparison.Ordinal));
}
