using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Supervision;

/// <summary>What the supervisor knows about one model. Guarded by the supervisor's lock.</summary>
internal sealed class ModelWorkers(ModelDefinition model)
{
    /// <summary>What a disk reads, more or less.</summary>
    private const double GuessedBytesPerSecond = 200e6;

    /// <summary>The definition in force.</summary>
    public ModelDefinition Model { get; set; } = model;

    /// <summary>Whether the models file still has the model.</summary>
    public bool IsListed { get; set; } = true;

    /// <summary>Whether its workers shall run.</summary>
    public bool IsWanted { get; set; } = !model.IsRemote && model.Load == LoadPolicy.Eager;

    /// <summary>Whether only the administration may load it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>When the oldest request came that waits for it to be loaded; null when none does.</summary>
    public long? AskedAt { get; set; }

    /// <summary>Why it cannot be loaded, or was unloaded because it failed; null when there is nothing to say.</summary>
    public string? Refusal { get; set; }

    /// <summary>Its workers that take requests, or will.</summary>
    public List<WorkerLoop> Workers { get; } = [];

    /// <summary>Its workers that finish what they have.</summary>
    public List<WorkerLoop> Retired { get; } = [];

    /// <summary>How long its workers took to load, at the latest measurement.</summary>
    public TimeSpan? LoadTime { get; private set; }

    /// <summary>Most memory that one of its workers was seen with, in bytes.</summary>
    public long MeasuredBytes { get; private set; }

    public bool IsOnDemand => !Model.IsRemote && Model.Load == LoadPolicy.OnDemand;

    /// <summary>Memory that one worker is expected to take, in bytes.</summary>
    public long ExpectedBytes => Model.MemoryBytes ?? (MeasuredBytes > 0 ? MeasuredBytes : Model.Stamp.Bytes);

    /// <summary>How long loading will take: as it did the last time, else a guess from the size of the model.</summary>
    public TimeSpan ExpectedLoadTime => LoadTime ?? TimeSpan.FromSeconds(2 + (Model.Stamp.Bytes / GuessedBytesPerSecond));

    /// <summary>Memory that its working processes take or are about to, in bytes; that of a process to be started again stays set aside.</summary>
    public long UsedBytes => Workers.Sum(Bytes);

    /// <summary>Memory of its retired workers, in bytes.</summary>
    public long LeavingBytes => Retired.Sum(Bytes);

    /// <summary>Requests in hand, those of retired workers included.</summary>
    public int Requests => Workers.Concat(Retired).Sum(worker => worker.Traffic.Requests);

    /// <summary>Workers of the definition in force.</summary>
    public IEnumerable<WorkerLoop> Current => Workers.Where(IsCurrent);

    /// <summary>Workers to be replaced.</summary>
    public IEnumerable<WorkerLoop> Old => Workers.Where(worker => !IsCurrent(worker));

    /// <summary>How it is used.</summary>
    public ModelUse Use(TimeProvider time) => ModelUse.Of(Requests, [.. Workers.Select(worker => WorkerUse.Of(worker, time))]);

    /// <summary>Its workers shall end. Who waits for a model that has failed is told why.</summary>
    public void Unload(ModelUse use)
    {
        IsWanted = false;
        Refusal = use.HasFailed ? $"its worker {Workers[0].Status.Reason}" : null;
    }

    /// <summary>Takes over what the workers have measured.</summary>
    public void Learn()
    {
        foreach (var status in Workers.Select(worker => worker.Status))
        {
            MeasuredBytes = Math.Max(MeasuredBytes, status.MemoryBytes);
            LoadTime = status.LoadTime ?? LoadTime;
        }
    }

    private bool IsCurrent(WorkerLoop worker) => !worker.MustReplace && worker.Status.Worker.Model.HasSameWorker(Model)
        && worker.Status.Worker.Model.MemoryLimitBytes == Model.MemoryLimitBytes;

    private long Bytes(WorkerLoop worker) => worker.Status.State switch
    {
        WorkerState.Stopped => 0,
        WorkerState.Starting => Math.Max(worker.Status.MemoryBytes, ExpectedBytes),
        _ => worker.Status.MemoryBytes > 0 ? worker.Status.MemoryBytes : ExpectedBytes,
    };
}
