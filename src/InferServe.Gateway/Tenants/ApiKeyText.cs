using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace InferServe.Gateway.Tenants;

/// <summary>
/// How keys and their digests are written. A key is <c>isk_</c> and 32 random bytes in base64url, 47 characters in all. A digest is
/// <c>sha256:</c> and the SHA-256 of the key's characters, in 64 hexadecimal digits: with 256 bits of randomness there is nothing to guess, so a slow
/// password hash would cost every request time and protect nothing.
/// </summary>
internal static class ApiKeyText
{
    public const string KeyPrefix = "isk_";
    public const string DigestPrefix = "sha256:";

    /// <summary>Shortest key that is accepted, in characters, for keys that others made.</summary>
    public const int MinKeyLength = 32;

    /// <summary>Longest key that is looked at, in characters.</summary>
    public const int MaxKeyLength = 256;

    private const int RandomBytes = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>A new key.</summary>
    public static string Create() => KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>SHA-256 of the key's characters in UTF-8.</summary>
    public static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The digest as it stands in a keys file.</summary>
    public static string Format(ReadOnlySpan<byte> digest) => DigestPrefix + Convert.ToHexStringLower(digest);

    /// <summary>Reads what <see cref="Format"/> writes; null when it is something else.</summary>
    public static byte[]? Parse(string text) => text.StartsWith(DigestPrefix, StringComparison.Ordinal)
        && text.Length == DigestPrefix.Length + (2 * SHA256.HashSizeInBytes)
        && text.AsSpan(DigestPrefix.Length).IndexOfAnyExcept(HexDigits) < 0
            ? Convert.FromHexString(text.AsSpan(DigestPrefix.Length))
            : null;
}
