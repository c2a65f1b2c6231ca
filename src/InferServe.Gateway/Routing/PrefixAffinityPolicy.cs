using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>Prefers the worker whose prefix cache most likely holds the beginning of the prompt; see <see cref="ReplicaChoice"/>.</summary>
internal sealed class PrefixAffinityPolicy(
    PrefixMemories memories, WorkerSupervisor supervisor, RoutingMetrics metrics, IOptions<RoutingOptions> options) : ILoadBalancingPolicy
{
    public const string PolicyName = "PrefixAffinity";

    private readonly Lock _lock = new();
    private readonly Random _random = new(Environment.ProcessId);

    public string Name => PolicyName;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 0)
        {
            return null;
        }

        var prefix = context.Features.Get<RoutedRequest>()?.Prefix ?? [];
        Span<int> known = stackalloc int[availableDestinations.Count];
        Span<int> requests = stackalloc int[availableDestinations.Count];
        for (var index = 0; index < known.Length; index++)
        {
            known[index] = memories.Match(availableDestinations[index], prefix);
            requests[index] = RequestsOf(availableDestinations[index]);
        }

        double chance;
        lock (_lock)
        {
            chance = _random.NextDouble();
        }

        var chosen = ReplicaChoice.Choose(known, requests, options.Value.OverloadFactor, chance);
        metrics.CountChoice(hit: known[chosen] > 0, couldHit: known.ContainsAnyExcept(0));
        return availableDestinations[chosen];
    }

    private int RequestsOf(DestinationState destination)
        => supervisor.Fleet.Workers.TryGetValue(destination.DestinationId, out var worker) ? worker.Traffic.Requests : destination.ConcurrentRequestCount;
}
