namespace InferServe.LoadTests.Randomness;

/// <summary>
/// Random numbers that depend on seed, purpose and index alone, so that a change of one part of a plan leaves the others as they are.
/// The generator is SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    private SeededRandom(ulong state) => _state = state;

    /// <summary>The stream of numbers for one purpose, such as <c>arrivals</c>, and one index within it.</summary>
    public static SeededRandom For(int seed, string purpose, long index = 0)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return new SeededRandom(Mix(Mix(hash ^ (uint)seed) + (ulong)index));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="below"/> − 1.</summary>
    public int Next(int below) => (int)(NextDouble() * below);

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller).</summary>
    public double NextNormal() => Math.Sqrt(2 * NextExponential()) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Gamma with the given shape and scale 1 (Marsaglia and Tsang: A simple method for generating gamma variables, 2000).</summary>
    public double NextGamma(double shape)
    {
        if (shape < 1)
        {
            return NextGamma(shape + 1) * Math.Pow(1 - NextDouble(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal();
            double v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
