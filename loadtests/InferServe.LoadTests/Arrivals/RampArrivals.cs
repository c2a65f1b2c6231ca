using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>
/// A Poisson process whose rate goes in a straight line from one value to another over the whole run. Arrival times are those of a process of
/// rate 1, mapped through the inverse of the expected number of arrivals (Lewis and Shedler, 1979).
/// </summary>
/// <param name="FromRate">Arrivals per second at the start.</param>
/// <param name="ToRate">Arrivals per second at the end.</param>
internal sealed record RampArrivals(double FromRate, double ToRate) : ArrivalProcess
{
    public override IEnumerable<double> Until(double end, SeededRandom random)
    {
        double slope = (ToRate - FromRate) / end;
        double most = (FromRate + ToRate) / 2 * end;
        for (double expected = random.NextExponential(); expected < most; expected += random.NextExponential())
        {
            // expected = FromRate · t + slope · t² / 2, solved for t in the form that does not cancel.
            yield return 2 * expected / (FromRate + Math.Sqrt((FromRate * FromRate) + (2 * slope * expected)));
        }
    }
}
