using InferServe.LoadTests.Arrivals;

namespace InferServe.LoadTests.Scenarios.Reading;

/// <summary>Reads <c>load</c>.</summary>
internal static class LoadReader
{
    private const double MostRate = 100_000;
    private const double MostSeconds = DistributionReader.MostSeconds;

    private static readonly LoadShape NoLoad = new OpenLoad { WarmUp = 0, Duration = 0, Arrivals = new ConstantArrivals(1) };

    public static LoadShape Read(ScenarioSection? section, ScenarioFolder folder)
    {
        if (section is null)
        {
            return NoLoad;
        }

        bool open = section.Has("arrivals"), closed = section.Has("concurrency");
        if (open == closed)
        {
            section.Mistake("needs either arrivals (open loop) or concurrency (closed loop)");
            return NoLoad;
        }

        LoadShape load = open ? Open(section, folder) : Closed(section);
        section.Finish();
        return load;
    }

    private static OpenLoad Open(ScenarioSection section, ScenarioFolder folder)
    {
        ScenarioSection? arrivals = section.Section("arrivals");
        double rate = 1;
        ArrivalProcess process = arrivals?.Choice("process", ["poisson", "constant", "gamma", "ramp", "trace"]) switch
        {
            "poisson" => new PoissonArrivals(rate = Rate(arrivals, "rate")),
            "constant" => new ConstantArrivals(rate = Rate(arrivals, "rate")),
            "gamma" => new GammaArrivals(rate = Rate(arrivals, "rate"), arrivals.Number("shape", 0.01, 1000)),
            "ramp" => new RampArrivals(rate = Rate(arrivals, "fromRate"), Rate(arrivals, "toRate")),
            "trace" => new TraceArrivals(folder.Read(arrivals, TraceFileReader.Read, [new TraceEntry(0, 1, 1)]), arrivals.Number("speed", 0.001, 1000, 1)),
            _ => new PoissonArrivals(rate),
        };
        arrivals?.Finish();
        double? whole = process is TraceArrivals trace ? ((trace.Entries[^1].Timestamp - trace.Entries[0].Timestamp) / trace.Speed) + 0.001 : null;
        double warmUp = section.Number("warmUpSeconds", 0, MostSeconds, 0);
        double? rest = whole is null ? null : Math.Max(0.001, whole.Value - warmUp);
        return new OpenLoad { WarmUp = warmUp, Duration = section.Number("durationSeconds", 0.001, MostSeconds, rest), Arrivals = process };
    }

    private static ClosedLoad Closed(ScenarioSection section)
    {
        int? requests = section.Has("requests") ? section.Whole("requests", 1, 100_000_000) : null;
        if (requests is null == !section.Has("durationSeconds"))
        {
            section.Mistake("a closed loop needs either durationSeconds or requests");
        }

        return new ClosedLoad
        {
            Concurrency = section.Whole("concurrency", 1, 100_000),
            Think = DistributionReader.Seconds(section, "thinkSeconds", 0),
            WarmUp = section.Number("warmUpSeconds", 0, MostSeconds, 0),
            Duration = section.Number("durationSeconds", 0.001, MostSeconds, double.PositiveInfinity),
            Requests = requests,
        };
    }

    private static double Rate(ScenarioSection section, string name) => section.Number(name, 0.0001, MostRate);
}
