namespace InferServe.Gateway.Supervision;

/// <summary>How a model is used, as far as it decides whether the model may go.</summary>
/// <param name="HasFailed">Whether all its workers have failed: none has a process, and none answers.</param>
/// <param name="UnusedFor">How long it has had no request since it can answer, or since its workers failed to; zero while it has one or loads.</param>
/// <param name="MayLeave">Whether it may make room for another model.</param>
internal sealed record ModelUse(bool HasFailed, TimeSpan UnusedFor, bool MayLeave)
{
    /// <summary>How long a loaded model is kept for the requests it was loaded for.</summary>
    public static readonly TimeSpan FirstUse = TimeSpan.FromSeconds(5);

    /// <param name="requests">Requests that the model has in hand.</param>
    /// <param name="workers">Its workers that take requests, or will.</param>
    public static ModelUse Of(int requests, IReadOnlyCollection<WorkerUse> workers)
    {
        var failed = workers.Count > 0 && workers.All(worker => worker.State == WorkerState.Failed);
        var ready = workers.Where(worker => worker.State == WorkerState.Ready).ToList();
        if (!failed && ready.Count == 0)
        {
            return new ModelUse(HasFailed: false, TimeSpan.Zero, MayLeave: false);
        }

        var unused = requests > 0 ? TimeSpan.Zero : workers.Min(worker => worker.UnusedFor);
        if (failed)
        {
            return new ModelUse(HasFailed: true, unused, MayLeave: true);
        }

        // However long loading took, idleness begins when the first worker can answer.
        var answers = ready.Max(worker => worker.InState);
        unused = unused < answers ? unused : answers;

        // A model that was just loaded serves somebody before it makes room; else two could drive each other out for ever.
        return new ModelUse(HasFailed: false, unused, workers.Any(worker => worker.HasServed) || unused > FirstUse);
    }

    /// <summary>The model as one that may be unloaded. One that has failed goes before any that answers.</summary>
    public UnloadCandidate AsCandidate(long bytes) => new(bytes, HasFailed ? TimeSpan.MaxValue : UnusedFor, MayLeave);
}

/// <summary>How one worker is used.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="InState">How long it has stood there.</param>
/// <param name="UnusedFor">How long no request has begun or ended; before the first, since the worker was made.</param>
/// <param name="HasServed">Whether any request has been sent to it.</param>
internal sealed record WorkerUse(WorkerState State, TimeSpan InState, TimeSpan UnusedFor, bool HasServed)
{
    public static WorkerUse Of(WorkerLoop worker, TimeProvider time)
    {
        var status = worker.Status;
        return new WorkerUse(status.State, time.GetElapsedTime(status.Entered), worker.Traffic.UnusedFor, worker.Traffic.HasServed);
    }
}
