using System.Collections.Concurrent;

namespace InferServe.Gateway.Quotas;

/// <summary>The quotas of all keys, by the keys' names: they outlive a change of the keys file, whatever it changes.</summary>
internal sealed class QuotaBook
{
    private readonly ConcurrentDictionary<string, KeyQuota> _quotas = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, KeyQuota>> All => _quotas;

    public KeyQuota Of(string key) => _quotas.GetOrAdd(key, static _ => new KeyQuota());
}
