using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>One arrival every 1 / <paramref name="Rate"/> seconds.</summary>
/// <param name="Rate">Arrivals per second.</param>
internal sealed record ConstantArrivals(double Rate) : ArrivalProcess
{
    public override IEnumerable<double> Until(double end, SeededRandom random)
    {
        // Counted, not added up, so that rounding does not drift.
        for (long count = 0; count / Rate < end; count++)
        {
            yield return count / Rate;
        }
    }
}
