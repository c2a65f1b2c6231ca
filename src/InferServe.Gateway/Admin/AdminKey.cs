using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Admin;

/// <summary>The key of the administration, kept as its SHA-256 only.</summary>
internal sealed class AdminKey
{
    public const int MinLength = 16;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private AdminKey(string key) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <exception cref="OptionsValidationException">There is no key, two, or one that is too short.</exception>
    public static AdminKey Read(AdminOptions options)
    {
        if (string.IsNullOrEmpty(options.Key) == string.IsNullOrEmpty(options.KeyFile))
        {
            throw Invalid($"{AdminOptions.Section}:Listen needs a key: set either {AdminOptions.Section}:Key or {AdminOptions.Section}:KeyFile.");
        }

        var key = string.IsNullOrEmpty(options.KeyFile) ? options.Key! : ReadFile(options.KeyFile).Trim();
        return key.Length >= MinLength
            ? new AdminKey(key)
            : throw Invalid($"The key of {AdminOptions.Section} must have at least {MinLength} characters; it has {key.Length}.");
    }

    /// <summary>Whether the header <c>Authorization</c> carries the key; takes the same time for every wrong one.</summary>
    public bool Opens(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())));

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{AdminOptions.Section}:KeyFile cannot be read: {exception.Message}");
        }
    }

    private static OptionsValidationException Invalid(string message) => new(AdminOptions.Section, typeof(AdminOptions), [message]);
}
