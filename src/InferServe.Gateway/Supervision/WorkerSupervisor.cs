using System.Collections.Immutable;
using System.Threading.Channels;
using InferServe.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// Runs the workers of every model: those that the models file asks for, new ones ready before old ones go, and those that requests ask
/// for within the memory budget. The host stops it after the web server, so that requests in flight drain before their worker is asked
/// to end.
/// </summary>
/// <remarks>
/// Everything that happens (a newer registry, a worker's change of state, a request for a model that is not loaded, the passing of time)
/// only wakes the loop; <see cref="Reconcile"/> compares what is with what should be.
/// </remarks>
internal sealed partial class WorkerSupervisor : BackgroundService
{
    /// <summary>How often idle models and memory are looked at when nothing else happens.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ModelRegistryProvider _registry;
    private readonly WorkerFactory _factory;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerIds _ids = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ModelWorkers> _models = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WorkerLoop> _toStart = [];
    private readonly List<Task> _running = [];

    private ModelRegistry? _applied;
    private CancellationTokenSource _fleetChange = new();
    private volatile Fleet _fleet;

    public WorkerSupervisor(
        ModelRegistryProvider registry, WorkerFactory factory, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WorkerSupervisor> logger)
    {
        (_registry, _factory, _lifetime, _time, _logger) = (registry, factory, lifetime, time, logger);
        _fleet = new Fleet([], new CancellationChangeToken(_fleetChange.Token));
        Reconcile();
    }

    /// <summary>Raised when a worker changes its state or the fleet its members.</summary>
    public event Action? Changed;

    /// <summary>The workers that take requests.</summary>
    public Fleet Fleet => _fleet;

    /// <summary>Every worker as it stands now, retired ones included.</summary>
    public IReadOnlyList<WorkerStatus> Workers
    {
        get
        {
            lock (_lock)
            {
                return [.. _models.Values.SelectMany(model => model.Workers.Concat(model.Retired)).Select(worker => worker.Status).OrderBy(status => status.Worker.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Memory that worker processes take or are about to, in bytes.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_lock)
            {
                return _models.Values.Sum(model => model.UsedBytes + model.LeavingBytes);
            }
        }
    }

    /// <summary>Completes when every worker of the first models has shown whether it can serve: it is ready, or its first process has ended.</summary>
    public Task Settled => _settled.Task;

    /// <summary>A model that the gateway serves itself, as a whole: as good as its best worker.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="current">Whether workers that are to be replaced do not count.</param>
    public ModelStatus StatusOf(ModelDefinition definition, bool current = false)
    {
        lock (_lock)
        {
            if (!_models.TryGetValue(definition.Name, out var model))
            {
                return new ModelStatus { Model = definition, State = ModelState.Starting };
            }

            List<WorkerStatus> workers = [.. (current ? model.Current : model.Workers).Select(worker => worker.Status)];
            return workers.Count > 0 ? WithLoadTime(ModelStatus.Of(definition, workers), workers, model.ExpectedLoadTime) : new ModelStatus
            {
                Model = definition,
                State = model.IsHeld ? ModelState.Held
                    : model.AskedAt is not null && model.Refusal is null ? ModelState.WaitingForMemory
                    : model.IsOnDemand ? ModelState.Unloaded
                    : ModelState.Starting,
                Reason = model.Refusal,
                ReadyAt = _time.GetUtcNow() + model.ExpectedLoadTime,
            };
        }
    }

    /// <summary>How long the model took to load at the latest measurement; null when it never was.</summary>
    public TimeSpan? LoadTimeOf(string name)
    {
        lock (_lock)
        {
            return _models.GetValueOrDefault(name)?.LoadTime;
        }
    }

    /// <summary>A request asks for the model: it is loaded, or stays loaded, if it is one that requests load.</summary>
    /// <param name="name">The model.</param>
    /// <param name="again">Whether the request has asked before: a refusal is then its answer, and stands until another request comes.</param>
    public void Ask(string name, bool again)
    {
        lock (_lock)
        {
            if (!_models.TryGetValue(name, out var model) || !model.IsOnDemand || model.IsHeld || model.IsWanted || model.AskedAt is not null
                || (again && model.Refusal is not null))
            {
                return;
            }

            model.AskedAt = _time.GetTimestamp();
            model.Refusal = null;
        }

        Wake();
    }

    /// <summary>The administration loads the model, or unloads it until it loads it again.</summary>
    /// <returns>False when the gateway has no workers for a model of this name.</returns>
    public bool Hold(string name, bool hold)
    {
        lock (_lock)
        {
            if (!_models.TryGetValue(name, out var model) || model.Model.IsRemote || !model.IsListed)
            {
                return false;
            }

            model.IsHeld = hold;
            model.IsWanted = !hold && (model.IsWanted || !model.IsOnDemand);
            model.AskedAt = hold || model.IsWanted ? null : _time.GetTimestamp();
            model.Refusal = null;
        }

        Wake();
        return true;
    }

    /// <summary>The administration replaces one worker: a new one first, then this one finishes what it has and ends.</summary>
    /// <returns>False when there is no such worker.</returns>
    public bool Replace(string workerId)
    {
        if (!_fleet.Workers.TryGetValue(workerId, out var worker))
        {
            return false;
        }

        worker.MustReplace = true;
        Wake();
        return true;
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _models.Values.SelectMany(model => model.Workers.Concat(model.Retired)).ToList().ForEach(worker => worker.Dispose());
        }

        _fleetChange.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ending = _lifetime.ApplicationStopping;
        using var registration = ChangeToken.OnChange(() => _registry.Current.ChangeToken, Wake);
        while (!ending.IsCancellationRequested)
        {
            StartNew(ending, stoppingToken);
            await WaitAsync(ending);
            if (!ending.IsCancellationRequested)
            {
                ReconcileOrLog();
            }
        }

        await Task.WhenAll(_running);
    }

    /// <summary>A process that starts, or will, answers only when its model is loaded.</summary>
    private static ModelStatus WithLoadTime(ModelStatus status, IEnumerable<WorkerStatus> workers, TimeSpan loadTime) => status.State switch
    {
        ModelState.Starting => status with { ReadyAt = workers.Where(worker => worker.State == WorkerState.Starting).Min(worker => worker.Since) + loadTime },
        ModelState.BackingOff => status with { ReadyAt = status.ReadyAt + loadTime },
        _ => status,
    };

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task WaitAsync(CancellationToken ending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var woken = _wake.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(Tick, _time, either.Token));
        _wake.Reader.TryRead(out _);
        await either.CancelAsync();
    }

    private void StartNew(CancellationToken ending, CancellationToken stopping)
    {
        _running.RemoveAll(task => task.IsCompleted);
        foreach (var worker in _toStart)
        {
            _running.Add(Task.Run(() => worker.RunAsync(ending, stopping), CancellationToken.None));
        }

        _toStart.Clear();
    }

    private void OnWorkerChanged()
    {
        Wake();
        Changed?.Invoke();
    }
}
