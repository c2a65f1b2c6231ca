using System.Collections.Immutable;
using InferServe.Gateway.Registry;
using Microsoft.Extensions.Primitives;

namespace InferServe.Gateway.Supervision;

/// <summary>What the supervisor does when it is woken.</summary>
internal sealed partial class WorkerSupervisor
{
    /// <summary>
    /// (1) take over a newer registry; (2) learn what workers measured, forget those that are gone; (3) unload what was idle for long; (4) load
    /// what is asked for, if there is memory; (5) start and retire workers; (6) publish the fleet.
    /// </summary>
    private void Reconcile()
    {
        CancellationTokenSource? changed;
        lock (_lock)
        {
            Apply(_registry.Current);
            Learn();
            UnloadIdle();
            LoadAsked();
            foreach (var model in _models.Values)
            {
                Roll(model);
            }

            changed = Publish();
            SettleWhenDecided();
        }

        changed?.Cancel();
        Changed?.Invoke();
    }

    /// <summary>The gateway outlives what goes wrong here: every step starts from what is, so the next wake does the rest.</summary>
    private void ReconcileOrLog()
    {
        try
        {
            Reconcile();
        }
        catch (Exception exception)
        {
            Log.Failed(_logger, exception);
        }
    }

    private void Apply(ModelRegistry registry)
    {
        if (ReferenceEquals(registry, _applied))
        {
            return;
        }

        foreach (var model in _models.Values)
        {
            model.IsListed = false;
        }

        foreach (var definition in registry.Models)
        {
            if (!_models.TryGetValue(definition.Name, out var model))
            {
                _models.Add(definition.Name, new ModelWorkers(definition));
                continue;
            }

            // What requests have loaded stays loaded; what is eager now is wanted from now on.
            model.IsListed = true;
            model.Model = definition;
            model.IsWanted = !definition.IsRemote && !model.IsHeld && (model.IsWanted || definition.Load == LoadPolicy.Eager);
        }

        foreach (var model in _models.Values.Where(model => !model.IsListed))
        {
            (model.IsWanted, model.AskedAt) = (false, null);
        }

        _applied = registry;
    }

    private void Learn()
    {
        foreach (var (name, model) in _models.ToList())
        {
            model.Learn();
            foreach (var gone in model.Retired.Where(worker => worker.Status.State == WorkerState.Stopped).ToList())
            {
                model.Retired.Remove(gone);
                _ids.GiveBack(gone.Status.Worker.Id);
            }

            if (!model.IsListed && model.Workers.Count + model.Retired.Count == 0)
            {
                _models.Remove(name);
                _ids.Forget(name);
            }
        }
    }

    private void UnloadIdle()
    {
        foreach (var model in _models.Values.Where(model => model is { IsOnDemand: true, IsWanted: true, Model.IdleUnload: not null } && model.Requests == 0))
        {
            var use = model.Use(_time);
            if (use.UnusedFor >= model.Model.IdleUnload)
            {
                model.Unload(use);
                Log.Idle(_logger, model.Model.Name, model.Model.IdleUnload.Value.TotalSeconds);
            }
        }
    }

    private void LoadAsked()
    {
        foreach (var model in _models.Values.Where(model => model.AskedAt is not null && model.Refusal is null).OrderBy(model => model.AskedAt).ToList())
        {
            var needed = model.ExpectedBytes * model.Model.Replicas;
            var victims = _models.Values.Where(other => other is { IsOnDemand: true, IsWanted: true, AskedAt: null })
                .Select(other => (Model: other, Use: other.Use(_time))).ToList();
            var plan = MemoryPlan.Decide(
                _applied!.MemoryBytes,
                _models.Values.Sum(other => other.UsedBytes + other.LeavingBytes),
                _models.Values.Sum(other => other.LeavingBytes),
                needed,
                [.. victims.Select(other => other.Use.AsCandidate(other.Model.UsedBytes))]);
            foreach (var (victim, use) in plan.Unload.Select(index => victims[index]))
            {
                victim.Unload(use);
                Log.MakesRoom(_logger, victim.Model.Name, model.Model.Name);
                Roll(victim);
            }

            switch (plan.Decision)
            {
                case MemoryDecision.Load:
                    (model.IsWanted, model.AskedAt) = (true, null);
                    Roll(model);
                    break;
                case MemoryDecision.Refuse:
                    model.Refusal = $"it needs about {needed} bytes, more than the memory budget of {_applied.MemoryBytes} bytes leaves";
                    model.AskedAt = null;
                    Log.Refused(_logger, model.Model.Name, model.Refusal);
                    break;
                default:
                    // In the order of asking: who came later does not take the room that is being made.
                    return;
            }
        }
    }

    /// <summary>Brings the model's workers nearer to its definition; called again whenever one of them has changed its state.</summary>
    private void Roll(ModelWorkers model)
    {
        var replicas = model.IsWanted ? model.Model.Replicas : 0;
        foreach (var useless in model.Old.Where(worker => worker.Status.State != WorkerState.Ready).ToList())
        {
            Retire(model, useless);
        }

        var (current, old) = (model.Current.ToList(), model.Old.ToList());
        var plan = RollingPlan.Decide(replicas, current.Count, current.Count(worker => worker.Status.State == WorkerState.Ready), old.Count);
        old.Take(plan.RetireOld).ToList().ForEach(worker => Retire(model, worker));

        // Of the surplus those that do not answer go first.
        current.OrderBy(worker => worker.Status.State == WorkerState.Ready).Take(plan.RetireNew).ToList().ForEach(worker => Retire(model, worker));
        for (var count = 0; count < plan.Start; count++)
        {
            var worker = _factory.Create(_ids.Take(model.Model.Name), model.Model);
            worker.Changed += OnWorkerChanged;
            model.Workers.Add(worker);
            _toStart.Add(worker);
        }
    }

    private static void Retire(ModelWorkers model, WorkerLoop worker)
    {
        model.Workers.Remove(worker);
        model.Retired.Add(worker);
        worker.Retire();
    }

    /// <summary>Puts a newer fleet in place of the current one, if its members changed.</summary>
    /// <returns>What tells who watches the former fleet; to be cancelled outside the lock.</returns>
    private CancellationTokenSource? Publish()
    {
        ImmutableArray<FleetModel> models = [.. _applied!.Models.Select(model => new FleetModel(model, [.. _models[model.Name].Workers]))];
        if (_fleet.HasSameMembers(models))
        {
            return null;
        }

        (var former, _fleetChange) = (_fleetChange, new CancellationTokenSource());
        _fleet = new Fleet(models, new CancellationChangeToken(_fleetChange.Token));
        return former;
    }

    private void SettleWhenDecided()
    {
        if (_models.Values.SelectMany(model => model.Workers).All(worker => worker.Status.State == WorkerState.Ready || worker.Status.Reason is not null))
        {
            _settled.TrySetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Model {Model} had no request for {Seconds} s and is unloaded")]
        public static partial void Idle(ILogger logger, string model, double seconds);

        [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Model {Model} is unloaded to make room for {Other}")]
        public static partial void MakesRoom(ILogger logger, string model, string other);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Model {Model} cannot be loaded: {Reason}")]
        public static partial void Refused(ILogger logger, string model, string reason);

        [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "The workers could not be brought nearer to the models file; the next try follows")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
