using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Workload;

namespace InferServe.LoadTests.Scenarios;

/// <summary>How requests come. Those that are due in the warm-up are sent and not measured.</summary>
internal abstract record LoadShape
{
    /// <summary>Seconds before the measured window.</summary>
    public required double WarmUp { get; init; }

    /// <summary>Seconds of the measured window; infinite where a number of requests ends the run.</summary>
    public required double Duration { get; init; }

    public double End => WarmUp + Duration;
}

/// <summary>Open loop: arrivals do not wait for answers, as with independent users.</summary>
internal sealed record OpenLoad : LoadShape
{
    public required ArrivalProcess Arrivals { get; init; }
}

/// <summary>Closed loop: a fixed number of users, each of which sends the next request when it has its answer.</summary>
internal sealed record ClosedLoad : LoadShape
{
    /// <summary>Number of users.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Seconds between an answer and the same user's next request.</summary>
    public required Distribution Think { get; init; }

    /// <summary>Measured requests after which the run ends, or null where the duration ends it.</summary>
    public required int? Requests { get; init; }
}
