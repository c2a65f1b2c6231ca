namespace InferServe.Engine.Sampling;

/// <summary>
/// Random numbers that depend on nothing but what they are for, so that a seed gives the same ones whatever else runs in the batch
/// and whatever was drawn before.
/// </summary>
internal static class CounterRandom
{
    // The counter's last word separates the uses of one key.
    private const uint TokenStream = 0;
    private const uint SeedStream = 1;

    /// <summary>The number that chooses the token at one position of one sample, in [0, 1), a multiple of 2⁻⁵³.</summary>
    /// <param name="seed">The request's seed.</param>
    /// <param name="sampleIndex">Which of the request's parallel samples.</param>
    /// <param name="position">The token's position, counted from the start of the prompt.</param>
    public static double Unit(ulong seed, int sampleIndex, int position) =>
        (Bits(seed, (uint)position, (uint)sampleIndex, TokenStream) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A seed for the <paramref name="index"/>-th request that brings none.</summary>
    public static ulong Seed(ulong engineSeed, ulong index) =>
        Bits(engineSeed, (uint)index, (uint)(index >> 32), SeedStream);

    private static ulong Bits(ulong key, uint c0, uint c2, uint stream)
    {
        (uint x0, uint x1, _, _) = Philox4x32.Block(c0, 0, c2, stream, (uint)key, (uint)(key >> 32));
        return ((ulong)x0 << 32) | x1;
    }
}
