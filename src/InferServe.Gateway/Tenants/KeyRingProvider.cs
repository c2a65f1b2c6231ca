namespace InferServe.Gateway.Tenants;

/// <summary>Holds the keys that are in force.</summary>
/// <param name="current">The keys at the start; null when there are none and everybody may call.</param>
/// <param name="file">The file they come from, or null.</param>
internal sealed class KeyRingProvider(KeyRing? current, string? file)
{
    private volatile KeyRing? _current = current;

    /// <summary>The keys; null when there are none and everybody may call. A ring without keys admits nobody.</summary>
    public KeyRing? Current => _current;

    /// <summary>The file they come from, or null.</summary>
    public string? File { get; } = file;

    public void Replace(KeyRing keys) => _current = keys;
}
