using System.ComponentModel.DataAnnotations;

namespace InferServe.Gateway.Supervision;

/// <summary>How the gateway starts, watches and restarts workers. All times are in seconds.</summary>
internal sealed class SupervisionOptions
{
    public const string Section = "Supervision";

    /// <summary>Longest time from a worker's start until it is ready. Default 600.</summary>
    [Range(1, 86_400)]
    public double StartSeconds { get; set; } = 600;

    /// <summary>Pause between two liveness checks of a ready worker. Default 5.</summary>
    [Range(0.05, 3_600)]
    public double LivenessSeconds { get; set; } = 5;

    /// <summary>How long a worker may take to answer a check. Default 5.</summary>
    [Range(0.05, 600)]
    public double ProbeTimeoutSeconds { get; set; } = 5;

    /// <summary>Liveness checks that fail in a row before the worker is killed. Default 3.</summary>
    [Range(1, 1_000)]
    public int LivenessFailures { get; set; } = 3;

    /// <summary>Pause before the first restart; it doubles with every further short life. Default 0.5.</summary>
    [Range(0, 3_600)]
    public double RestartSeconds { get; set; } = 0.5;

    /// <summary>Longest pause before a restart. Default 30.</summary>
    [Range(0, 3_600)]
    public double RestartMaxSeconds { get; set; } = 30;

    /// <summary>A worker that was ready this long has lived well: the next pause is short again. Default 60.</summary>
    [Range(0, 86_400)]
    public double StableSeconds { get; set; } = 60;

    /// <summary>Short lives in a row after which a worker counts as failed. Default 5.</summary>
    [Range(1, 1_000)]
    public int FailedAfter { get; set; } = 5;

    /// <summary>Pause between two tries of a failed worker. Default 120.</summary>
    [Range(0.05, 86_400)]
    public double FailedRetrySeconds { get; set; } = 120;

    /// <summary>How long a worker may take to end after it was asked to. Default 10.</summary>
    [Range(0, 3_600)]
    public double StopSeconds { get; set; } = 10;

    /// <summary>How long a worker that is replaced or unloaded may go on with the requests it has. Default 600.</summary>
    [Range(0, 86_400)]
    public double RetireSeconds { get; set; } = 600;

    /// <summary>The worker program; by default <c>worker/InferServe.Worker</c> beside the gateway.</summary>
    public string? WorkerPath { get; set; }
}
