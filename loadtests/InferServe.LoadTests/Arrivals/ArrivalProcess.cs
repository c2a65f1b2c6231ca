using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>When requests arrive in an open loop, whatever the server does. Times are seconds from the start of the run.</summary>
internal abstract record ArrivalProcess
{
    /// <summary>The arrivals in [0, <paramref name="end"/>), in order; the same for the same random numbers.</summary>
    public abstract IEnumerable<double> Until(double end, SeededRandom random);
}
