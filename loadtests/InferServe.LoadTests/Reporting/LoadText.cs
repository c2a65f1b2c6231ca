using System.Globalization;
using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Reporting;

/// <summary>Says in a few words how requests come.</summary>
internal static class LoadText
{
    public static string Of(LoadShape load)
    {
        string how = load switch
        {
            OpenLoad { Arrivals: ConstantArrivals constant } => Text($"open loop, {constant.Rate:0.###} requests/s, evenly"),
            OpenLoad { Arrivals: PoissonArrivals poisson } => Text($"open loop, {poisson.Rate:0.###} requests/s, Poisson"),
            OpenLoad { Arrivals: GammaArrivals gamma } => Text($"open loop, {gamma.Rate:0.###} requests/s, gamma with shape {gamma.Shape:0.###}"),
            OpenLoad { Arrivals: RampArrivals ramp } => Text($"open loop, {ramp.FromRate:0.###} to {ramp.ToRate:0.###} requests/s"),
            OpenLoad { Arrivals: TraceArrivals trace } => Text($"open loop, trace of {trace.Entries.Count} requests at speed {trace.Speed:0.###}"),
            ClosedLoad closed => Text($"closed loop, {closed.Concurrency} users"),
            _ => load.GetType().Name,
        };
        string length = load is ClosedLoad { Requests: { } requests } ? Text($"{requests} sessions") : Text($"{load.Duration:0.###} s");
        return Text($"{how}; {load.WarmUp:0.###} s warm-up, {length} measured");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
