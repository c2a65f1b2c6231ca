using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Supervision;

/// <summary>A model at one moment.</summary>
/// <param name="Model">The model.</param>
/// <param name="ReadyWorkers">How many of its workers answer requests.</param>
/// <param name="Best">Its worker that is nearest to answering.</param>
internal sealed record ModelStatus(ModelDefinition Model, int ReadyWorkers, WorkerStatus Best)
{
    /// <summary>States from the nearest to answering to the farthest.</summary>
    private static readonly WorkerState[] Preference =
        [WorkerState.Ready, WorkerState.Starting, WorkerState.BackingOff, WorkerState.Failed, WorkerState.Stopping, WorkerState.Stopped];

    public bool IsReady => ReadyWorkers > 0;

    public WorkerState State => Best.State;

    /// <param name="model">The model.</param>
    /// <param name="workers">Its workers; at least one.</param>
    public static ModelStatus Of(ModelDefinition model, IEnumerable<WorkerStatus> workers)
    {
        var all = workers.ToList();
        return new ModelStatus(
            model,
            all.Count(status => status.State == WorkerState.Ready),
            all.MinBy(status => Array.IndexOf(Preference, status.State))!);
    }

    /// <summary>The state as a person reads it, continuing "The model 'x' …".</summary>
    public string Describe() => State switch
    {
        WorkerState.Ready => "is ready",
        WorkerState.Starting when Best.Restarts == 0 => "is loading",
        WorkerState.Starting => "is restarting" + Because(),
        WorkerState.BackingOff => "is restarting" + Because(),
        WorkerState.Failed => "has failed" + Because(),
        _ => "is stopping",
    };

    /// <summary>When a request may find the model ready.</summary>
    public TimeSpan RetryAfter(DateTimeOffset now) => State switch
    {
        WorkerState.BackingOff or WorkerState.Failed when Best.RetryAt is { } retryAt => retryAt - now,
        _ => TimeSpan.FromSeconds(2),
    };

    private string Because() => Best.Reason is { } reason ? $": its worker {reason}" : "";
}
