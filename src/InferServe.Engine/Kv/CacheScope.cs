namespace InferServe.Engine.Kv;

/// <summary>Who may share keys and values: the same adapter computes the same ones, and only requests of the same salt may learn of each other's.</summary>
/// <param name="Adapter">Name of the adapter; null for the model as it is.</param>
/// <param name="Salt">The request's salt.</param>
internal readonly record struct CacheScope(string? Adapter, string Salt)
{
    /// <summary>Where the chain of block hashes begins.</summary>
    public ulong Hash => (ulong)(uint)(Adapter?.GetHashCode(StringComparison.Ordinal) ?? 0) << 32
        | (uint)Salt.GetHashCode(StringComparison.Ordinal);
}
