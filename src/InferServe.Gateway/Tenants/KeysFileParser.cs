using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>Turns the text of a keys file into a <see cref="KeyRing"/>. Every mistake is collected before any is reported.</summary>
internal sealed class KeysFileParser
{
    private readonly PlacedJsonCheck _check = new();
    private readonly Dictionary<string, PlacedJson> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PlacedJson> _hashes = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="file">Name of the file for messages.</param>
    /// <param name="text">The file's bytes, UTF-8 with or without a byte order mark.</param>
    /// <exception cref="KeysFileException">There is at least one mistake; the exception lists them all.</exception>
    public static KeyRing Parse(string file, ReadOnlySpan<byte> text)
    {
        var parser = new KeysFileParser();
        var keys = parser.ReadFile(file, text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        return parser._check.Problems.Count == 0 ? new KeyRing(keys) : throw new KeysFileException(file, parser._check.Problems);
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

        if (!_check.Expect(root, JsonValueKind.Object, "an object with \"keys\""))
        {
            return [];
        }

        _check.Properties(root, KeysFileFormat.FileProperties);
        _check.Text(root, KeysFileFormat.Schema);
        var entries = _check.Array(root, KeysFileFormat.Keys, required: true, minimum: 0, KeysFileFormat.MaxKeys) ?? [];
        return [.. entries.Select(ReadKey).OfType<ApiKey>()];
    }

    private ApiKey? ReadKey(PlacedJson entry)
    {
        if (!_check.Expect(entry, JsonValueKind.Object, "an object that describes a key"))
        {
            return null;
        }

        _check.Properties(entry, KeysFileFormat.KeyProperties);
        var name = ReadName(entry, KeysFileFormat.Name, required: true);
        if (name is not null && !_names.TryAdd(name.Text, name))
        {
            _check.Report(name, $"the name \"{name.Text}\" is already taken in line {_names[name.Text].Line}");
        }

        return new ApiKey
        {
            Name = name?.Text ?? "",
            Tenant = ReadName(entry, KeysFileFormat.Tenant, required: false)?.Text ?? name?.Text ?? "",
            Digest = ReadHash(entry),
            Models = ReadModels(entry),
            RequestsPerMinute = _check.Integer(entry, KeysFileFormat.RequestsPerMinute),
            TokensPerMinute = _check.Integer(entry, KeysFileFormat.TokensPerMinute),
            ConcurrentRequests = _check.Integer(entry, KeysFileFormat.ConcurrentRequests),
            Priority = _check.Integer(entry, KeysFileFormat.Priority) ?? 0,
            SharedPrefixCache = _check.Boolean(entry, KeysFileFormat.SharedPrefixCache) ?? false,
        };
    }

    private PlacedJson? ReadName(PlacedJson entry, string property, bool required)
    {
        var name = _check.Text(entry, property, required);
        if (name is not null && !IsName(name.Text))
        {
            _check.Report(name, $"must have 1 to {KeysFileFormat.MaxNameLength} letters, digits and {KeysFileFormat.NamePunctuation} and start with a letter "
                + $"or digit, is \"{name.Text}\"");
            return null;
        }

        return name;
    }

    private ImmutableArray<byte> ReadHash(PlacedJson entry)
    {
        var hash = _check.Text(entry, KeysFileFormat.Hash, required: true);
        if (hash is null)
        {
            return [];
        }

        // The value is not repeated: somebody may have put the key itself there.
        if (ApiKeyText.Parse(hash.Text) is not { } digest)
        {
            _check.Report(hash, $"must be \"{ApiKeyText.DigestPrefix}\" and 64 hexadecimal digits, as `InferServe.Gateway keys hash` prints it");
            return [];
        }

        if (!_hashes.TryAdd(hash.Text, hash))
        {
            _check.Report(hash, $"the same key stands in line {_hashes[hash.Text].Line}");
        }

        return [.. digest];
    }

    private FrozenSet<string>? ReadModels(PlacedJson entry)
        => _check.Array(entry, KeysFileFormat.Models, required: false, minimum: 1, KeysFileFormat.MaxModels)
            ?.Where(model => _check.Expect(model, JsonValueKind.String, "the name of a model"))
            .Select(model => model.Text)
            .ToFrozenSet(StringComparer.Ordinal);

    private static bool IsName(string text) => text.Length is > 0 and <= KeysFileFormat.MaxNameLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || KeysFileFormat.NamePunctuation.Contains(letter, StringComparison.Ordinal));
}
