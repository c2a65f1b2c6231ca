using InferServe.LoadTests.Randomness;

namespace InferServe.LoadTests.Arrivals;

/// <summary>
/// Gaps with a gamma distribution: shape 1 is a Poisson process, smaller shapes come in bursts, larger ones are more even.
/// The squared coefficient of variation of the gaps is 1 / <paramref name="Shape"/>.
/// </summary>
/// <param name="Rate">Arrivals per second in the mean.</param>
/// <param name="Shape">Shape of the gamma distribution.</param>
internal sealed record GammaArrivals(double Rate, double Shape) : ArrivalProcess
{
    public override IEnumerable<double> Until(double end, SeededRandom random)
    {
        for (double time = Gap(random); time < end; time += Gap(random))
        {
            yield return time;
        }
    }

    private double Gap(SeededRandom random) => random.NextGamma(Shape) / (Shape * Rate);
}
