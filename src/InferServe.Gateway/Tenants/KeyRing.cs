using System.Collections.Immutable;
using System.Security.Cryptography;

namespace InferServe.Gateway.Tenants;

/// <summary>Compares two digests; the time it takes must not depend on where they differ.</summary>
internal delegate bool DigestComparer(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

/// <summary>All keys at one moment, immutable.</summary>
internal sealed class KeyRing(ImmutableArray<ApiKey> keys)
{
    /// <summary>How digests are compared.</summary>
    internal static readonly DigestComparer Comparer = CryptographicOperations.FixedTimeEquals;

    public ImmutableArray<ApiKey> Keys => keys;

    /// <summary>The key whose digest is that of <paramref name="presented"/>, or null.</summary>
    public ApiKey? Find(string presented) => Find(ApiKeyText.Digest(presented), Comparer);

    /// <summary>
    /// Compares with every key, whether or not one has matched already, so that the time tells neither whether nor where a key
    /// stands in the list.
    /// </summary>
    internal ApiKey? Find(ReadOnlySpan<byte> digest, DigestComparer equal)
    {
        var found = -1;
        for (var index = 0; index < keys.Length; index++)
        {
            // All bits set for a match, else none: no branch on the outcome.
            var mask = -Convert.ToInt32(equal(keys[index].Digest.AsSpan(), digest));
            found = (found & ~mask) | (index & mask);
        }

        return found < 0 ? null : keys[found];
    }
}
