namespace InferServe.Gateway.Supervision;

/// <summary>A worker at one moment.</summary>
internal sealed record WorkerStatus
{
    public required WorkerDefinition Worker { get; init; }

    public required WorkerState State { get; init; }

    /// <summary>When <see cref="State"/> was entered.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The same as a timestamp of the clock that nobody sets.</summary>
    public long Entered { get; init; }

    /// <summary>The operating system's id of the process; null when there is none.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Processes started after the first.</summary>
    public int Restarts { get; init; }

    /// <summary>Why the last process ended; null while none has ended.</summary>
    public string? Reason { get; init; }

    /// <summary>Resident memory of the process at the latest look, in bytes; 0 before the first.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>How long the process took from its start until it was ready; null while none was.</summary>
    public TimeSpan? LoadTime { get; init; }

    /// <summary>When the next process starts, in <see cref="WorkerState.BackingOff"/> and <see cref="WorkerState.Failed"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
