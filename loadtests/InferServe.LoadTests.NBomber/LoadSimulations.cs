using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Scenarios;
using NBomber.Contracts;
using NBomber.CSharp;

namespace InferServe.LoadTests.NBomber;

/// <summary>
/// Says a scenario's load in NBomber's terms. NBomber knows even and uniformly random rates: Poisson and gamma arrivals become a random rate with
/// their mean and their variance per interval. It does not compute arrivals in advance, and it replays no traces.
/// </summary>
internal static class LoadSimulations
{
    /// <summary>Arrivals of one interval, so that whole numbers are fine enough.</summary>
    private const double LeastArrivals = 10;

    /// <exception cref="ScenarioException">NBomber cannot do it.</exception>
    public static LoadSimulation[] Of(LoadShape load)
    {
        if (double.IsInfinity(load.Duration))
        {
            throw new ScenarioException("NBomber ends runs by time: the scenario needs durationSeconds instead of requests.");
        }

        TimeSpan during = TimeSpan.FromSeconds(load.Duration);
        return load switch
        {
            ClosedLoad closed => [Simulation.KeepConstant(closed.Concurrency, during)],
            OpenLoad { Arrivals: ConstantArrivals constant } => [Even(constant.Rate, during)],
            OpenLoad { Arrivals: PoissonArrivals poisson } => [Random(poisson.Rate, 1, during)],
            OpenLoad { Arrivals: GammaArrivals gamma } => [Random(gamma.Rate, gamma.Shape, during)],
            OpenLoad { Arrivals: RampArrivals ramp } => Ramp(ramp, during),
            _ => throw new ScenarioException("NBomber replays no traces; run this scenario with InferServe.LoadTests."),
        };
    }

    private static LoadSimulation Even(double rate, TimeSpan during)
    {
        TimeSpan interval = Interval(rate);
        return Simulation.Inject(Whole(rate, interval), interval, during);
    }

    /// <summary>A uniform distribution of half-width a has the variance a² / 3; arrivals of an interval have mean / shape.</summary>
    private static LoadSimulation Random(double rate, double shape, TimeSpan during)
    {
        TimeSpan interval = Interval(rate);
        int mean = Whole(rate, interval);
        int width = Math.Min(mean, (int)Math.Round(Math.Sqrt(3 * mean / shape)));
        return Simulation.InjectRandom(mean - width, mean + width, interval, during);
    }

    private static LoadSimulation[] Ramp(RampArrivals ramp, TimeSpan during)
    {
        // NBomber climbs from where the simulation before left off.
        TimeSpan interval = Interval(Math.Min(ramp.FromRate, ramp.ToRate));
        return
        [
            Simulation.Inject(Whole(ramp.FromRate, interval), interval, interval),
            Simulation.RampingInject(Whole(ramp.ToRate, interval), interval, during),
        ];
    }

    private static TimeSpan Interval(double rate) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(LeastArrivals / rate)));

    private static int Whole(double rate, TimeSpan interval) => Math.Max(1, (int)Math.Round(rate * interval.TotalSeconds));
}
