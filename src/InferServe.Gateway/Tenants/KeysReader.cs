using InferServe.Gateway.Registry;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Tenants;

/// <summary>Reads the keys from where the settings say.</summary>
internal static class KeysReader
{
    public const string FileName = "keys.json";

    /// <summary>Name of the key that the settings hold.</summary>
    public const string SettingName = "default";

    /// <summary>The keys file that the settings name, else the one beside the models file; null when there is none.</summary>
    /// <param name="given">The setting, relative to the current directory.</param>
    /// <param name="modelsFile">Absolute path of the models file.</param>
    public static string? Locate(string? given, string modelsFile)
    {
        if (!string.IsNullOrEmpty(given))
        {
            return Path.GetFullPath(given);
        }

        var beside = Path.Combine(Path.GetDirectoryName(modelsFile)!, FileName);
        return File.Exists(beside) ? beside : null;
    }

    /// <exception cref="KeysFileException">The file cannot be read, is too large or has mistakes.</exception>
    public static (KeyRing Keys, byte[] Text) ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var text = new byte[Math.Min(stream.Length, KeysFileFormat.MaxBytes + 1)];
            text = text[..stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)];
            return text.Length <= KeysFileFormat.MaxBytes
                ? (KeysFileParser.Parse(file, text), text)
                : throw Unusable(file, $"the keys file may have {KeysFileFormat.MaxBytes} bytes, has {stream.Length}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(file, $"the keys file cannot be read: {exception.Message}");
        }
    }

    /// <summary>The one key that the settings hold.</summary>
    /// <exception cref="OptionsValidationException">It is neither a long enough key nor a digest.</exception>
    public static KeyRing OfSetting(string keyOrDigest)
    {
        var digest = ApiKeyText.Parse(keyOrDigest);
        if (digest is null && keyOrDigest.Length is < ApiKeyText.MinKeyLength or > ApiKeyText.MaxKeyLength)
        {
            var message = $"{TenantsOptions.Section}:{nameof(TenantsOptions.ApiKey)} must be a key of {ApiKeyText.MinKeyLength} to {ApiKeyText.MaxKeyLength} "
                + $"characters or \"{ApiKeyText.DigestPrefix}\" and 64 hexadecimal digits; it has {keyOrDigest.Length} characters. "
                + "`InferServe.Gateway keys create` makes one.";
            throw new OptionsValidationException(Options.DefaultName, typeof(TenantsOptions), [message]);
        }

        return new KeyRing([new ApiKey { Name = SettingName, Tenant = SettingName, Digest = [.. digest ?? ApiKeyText.Digest(keyOrDigest)] }]);
    }

    private static KeysFileException Unusable(string file, string message) => new(file, [new ModelsFileProblem("$", 0, 0, message)]);
}
