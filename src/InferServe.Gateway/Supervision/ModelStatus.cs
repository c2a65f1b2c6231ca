using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Supervision;

/// <summary>A model at one moment.</summary>
internal sealed record ModelStatus
{
    /// <summary>States from the nearest to answering to the farthest.</summary>
    private static readonly WorkerState[] Preference =
        [WorkerState.Ready, WorkerState.Starting, WorkerState.BackingOff, WorkerState.Failed, WorkerState.Stopping, WorkerState.Stopped];

    public required ModelDefinition Model { get; init; }

    public required ModelState State { get; init; }

    /// <summary>How many of its workers answer requests.</summary>
    public int ReadyWorkers { get; init; }

    /// <summary>Why its best worker's last process ended, or why it is not loaded; null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its best worker has run before.</summary>
    public bool IsRestarting { get; init; }

    /// <summary>When the model may answer; null when that is unknown.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    public bool IsReady => ReadyWorkers > 0;

    /// <summary>Whether it will answer without anybody's doing, so that waiting makes sense.</summary>
    public bool IsComing => State is ModelState.Ready or ModelState.Starting or ModelState.WaitingForMemory or ModelState.BackingOff or ModelState.Stopping;

    /// <summary>Whether it keeps the gateway from being ready: it should answer now and does not.</summary>
    public bool IsMissed => !IsReady && Model.Load == LoadPolicy.Eager && State is not ModelState.Held;

    /// <param name="model">The model.</param>
    /// <param name="workers">Its workers; at least one.</param>
    public static ModelStatus Of(ModelDefinition model, IEnumerable<WorkerStatus> workers)
    {
        var all = workers.ToList();
        var best = all.MinBy(status => Array.IndexOf(Preference, status.State))!;
        return new ModelStatus
        {
            Model = model,
            State = best.State switch
            {
                WorkerState.Ready => ModelState.Ready,
                WorkerState.Starting => ModelState.Starting,
                WorkerState.BackingOff => ModelState.BackingOff,
                WorkerState.Failed => ModelState.Failed,
                _ => ModelState.Stopping,
            },
            ReadyWorkers = all.Count(status => status.State == WorkerState.Ready),
            Reason = best.Reason,
            IsRestarting = best.Restarts > 0,
            ReadyAt = best.RetryAt,
        };
    }

    /// <summary>The state as a person reads it, continuing "The model 'x' …".</summary>
    public string Describe() => State switch
    {
        ModelState.Ready => "is ready",
        ModelState.PutAside => "has lost several requests in a row and gets none for a while",
        ModelState.Starting when !IsRestarting => "is loading",
        ModelState.Starting or ModelState.BackingOff => "is restarting" + Because(": its worker "),
        ModelState.WaitingForMemory => "waits until there is memory for it",
        ModelState.Failed => "has failed" + Because(": its worker "),
        ModelState.Unloaded => "is not loaded" + Because(": "),
        ModelState.Held => "was unloaded by the server's operator",
        ModelState.Unreachable => "cannot be reached",
        _ => "is stopping",
    };

    /// <summary>When a request may find the model ready.</summary>
    public TimeSpan RetryAfter(DateTimeOffset now) => ReadyAt is { } at && at > now ? at - now : TimeSpan.FromSeconds(2);

    private string Because(string conjunction) => Reason is { } reason ? conjunction + reason : "";
}
