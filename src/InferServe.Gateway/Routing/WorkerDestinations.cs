using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>Tells which of the proxy's destinations may get a request now, and how a model stands.</summary>
internal sealed class WorkerDestinations(WorkerSupervisor supervisor, IProxyStateLookup proxy, CircuitPolicy circuits)
{
    /// <summary>The model's cluster and its destinations that can answer the request; empty when there is none.</summary>
    public (ClusterState? Cluster, IReadOnlyList<DestinationState> Ready) Find(RoutedRequest request)
    {
        var model = request.Model;
        if (!proxy.TryGetCluster(model.Name, out var cluster))
        {
            return (null, []);
        }

        var state = cluster.DestinationsState;
        return (cluster, model.IsRemote ? state.AvailableDestinations : [.. state.AllDestinations.Where(destination => IsReady(destination) && Knows(destination, request.NameForWorkers))]);
    }

    /// <summary>Whether the destination's worker takes one more request under the limits of its model.</summary>
    public bool HasRoom(DestinationState destination, ModelDefinition model)
        => model.RequestsPerWorker is not { } limit || WorkerOf(destination) is not { } worker || worker.Traffic.Requests < limit;

    /// <summary>The process behind a destination; null for a worker on another machine.</summary>
    public WorkerLoop? WorkerOf(DestinationState destination) => supervisor.Fleet.Workers.GetValueOrDefault(destination.DestinationId);

    public ModelStatus StatusOf(ModelDefinition model)
    {
        if (!model.IsRemote)
        {
            var status = supervisor.StatusOf(model);
            return status.IsReady && PutAsideUntil(model) is { } until ? status with { State = ModelState.PutAside, ReadyWorkers = 0, ReadyAt = until } : status;
        }

        var healthy = RemoteWorkersOf(model).Count(worker => worker.IsHealthy);
        return new ModelStatus { Model = model, State = healthy > 0 ? ModelState.Ready : ModelState.Unreachable, ReadyWorkers = healthy };
    }

    /// <summary>How the model stands for a request that finds no worker: for a new adapter, only the workers that replace those without it count.</summary>
    public ModelStatus StatusFor(RoutedRequest request) => request.Model.IsRemote || request.NameForWorkers == request.Model.Name
        ? StatusOf(request.Model)
        : supervisor.StatusOf(request.Model, current: true);

    /// <summary>The workers of a model on other machines: host and port, and whether they answer.</summary>
    public IEnumerable<(string Address, bool IsHealthy)> RemoteWorkersOf(ModelDefinition model) => proxy.TryGetCluster(model.Name, out var cluster)
        ? cluster.DestinationsState.AllDestinations.Select(destination => (
            destination.DestinationId.Replace(WorkerNameResolver.RemotePrefix, "", StringComparison.Ordinal),
            destination.Health is { Active: DestinationHealth.Healthy, Passive: not DestinationHealth.Unhealthy }))
        : [];

    private bool IsReady(DestinationState destination) => IsRunning(destination, out var processId) && circuits.OpenUntil(destination, processId) is null;

    /// <summary>A worker that is about to be replaced may lack the newest adapters.</summary>
    private bool Knows(DestinationState destination, string name) => WorkerOf(destination)?.Status.Worker.Model.NameForWorkers(name) == name;

    private bool IsRunning(DestinationState destination, out int? processId)
    {
        var status = WorkerOf(destination)?.Status;
        processId = status?.ProcessId;
        return status is { State: WorkerState.Ready };
    }

    /// <summary>When the first of the model's ready workers gets requests again; null when one gets some now, or none is ready.</summary>
    private DateTimeOffset? PutAsideUntil(ModelDefinition model)
    {
        List<DateTimeOffset?> ends = [];
        if (proxy.TryGetCluster(model.Name, out var cluster))
        {
            foreach (var destination in cluster.DestinationsState.AllDestinations)
            {
                if (IsRunning(destination, out var processId))
                {
                    ends.Add(circuits.OpenUntil(destination, processId));
                }
            }
        }

        return ends.Contains(null) ? null : ends.Min();
    }
}
