namespace InferServe.Engine.Kv;

/// <summary>Hash of a block of tokens together with everything before it.</summary>
internal static class ChainedHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <param name="previous">Hash of what comes before.</param>
    /// <param name="tokens">The block's tokens.</param>
    public static ulong Of(ulong previous, ReadOnlySpan<int> tokens)
    {
        ulong hash = previous + Multiplier;
        foreach (int token in tokens)
        {
            hash = unchecked((hash ^ (uint)token) * Multiplier);
            hash ^= hash >> 29;
        }

        return hash;
    }
}
