using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>Independent arrivals: the gaps are exponential.</summary>
/// <param name="Rate">Arrivals per second in the mean.</param>
internal sealed record PoissonArrivals(double Rate) : ArrivalProcess
{
    public override IEnumerable<double> Until(double end, SeededRandom random)
    {
        for (double time = random.NextExponential() / Rate; time < end; time += random.NextExponential() / Rate)
        {
            yield return time;
        }
    }
}
