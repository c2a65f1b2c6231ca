using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Routing;

/// <summary>How requests find a worker. All times are in seconds.</summary>
internal sealed class RoutingOptions
{
    public const string Section = "Routing";

    /// <summary>Requests for one model that wait while it loads; 0 refuses them at once. Default 64.</summary>
    [Range(0, 100_000)]
    public int LoadingQueueLimit { get; set; } = 64;

    /// <summary>How long a request waits for its model to load. Default 120.</summary>
    [Range(0, 86_400)]
    public double LoadingWaitSeconds { get; set; } = 120;

    /// <summary>Further workers that a request is sent to when one refuses it. One that lost its worker is sent to one other at most. Default 2.</summary>
    [Range(0, 64)]
    public int Retries { get; set; } = 2;

    /// <summary>A worker that knows the prompt's beginning is passed over when it has so many times the requests of the least loaded. Default 1.5.</summary>
    [Range(1, 1_000)]
    public double OverloadFactor { get; set; } = 1.5;

    /// <summary>Requests in a row that a worker loses before it gets none for a while. Default 3.</summary>
    [Range(1, 1_000)]
    public int CircuitFailures { get; set; } = 3;

    /// <summary>How long it gets none; doubles, up to 16 times, while it goes on losing requests. Default 5.</summary>
    [Range(0.05, 3_600)]
    public double CircuitSeconds { get; set; } = 5;

    /// <summary>Pause between two readiness checks of a worker on another machine, and the time it may take to answer. Default 5.</summary>
    [Range(0.05, 3_600)]
    public double HealthSeconds { get; set; } = 5;

    /// <summary>How often the names of workers on other machines are resolved again. Default 30.</summary>
    [Range(1, 86_400)]
    public double ResolveSeconds { get; set; } = 30;
}
