using System.Runtime.CompilerServices;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Circuit breaking, as a passive health check of the proxy: a worker that loses several requests in a row gets none for a while. Then one
/// failure is enough to put it aside again, for longer, and one success clears it.
/// </summary>
internal sealed partial class CircuitPolicy(
    IDestinationHealthUpdater updater, WorkerSupervisor supervisor, IOptions<RoutingOptions> options, TimeProvider time, ILogger<CircuitPolicy> logger) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Circuit";

    private const int MostDoublings = 4;

    private readonly ConditionalWeakTable<DestinationState, Circuit> _circuits = [];

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        // The proxy gives the cluster of the route, which stands for all models.
        var request = context.Features.Get<RoutedRequest>();
        cluster = request?.Cluster ?? cluster;
        var circuit = _circuits.GetOrCreateValue(destination);
        var failure = context.GetForwarderErrorFeature()?.Error;
        if (request is { WasBrokenOff: true }
            || failure is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.ResponseBodyDestination or ForwarderError.RequestBodyDestination)
        {
            Fail(circuit, cluster, destination);
        }
        else if (failure is null && !context.RequestAborted.IsCancellationRequested)
        {
            Close(circuit, cluster, destination);
        }
    }

    /// <summary>
    /// Until when a worker gets no requests; null when it gets some. A worker that was started again since has a clean record.
    /// </summary>
    public DateTimeOffset? OpenUntil(DestinationState destination, int? processId)
    {
        if (destination.Health.Passive != DestinationHealth.Unhealthy || !_circuits.TryGetValue(destination, out var circuit))
        {
            return null;
        }

        lock (circuit)
        {
            return circuit.ProcessId == processId ? circuit.OpenUntil : null;
        }
    }

    private void Close(Circuit circuit, ClusterState cluster, DestinationState destination)
    {
        lock (circuit)
        {
            (circuit.Failures, circuit.Trips, circuit.OpenUntil) = (0, 0, default);
        }

        if (destination.Health.Passive != DestinationHealth.Healthy)
        {
            updater.SetPassive(cluster, destination, DestinationHealth.Healthy, TimeSpan.Zero);
        }
    }

    private void Fail(Circuit circuit, ClusterState cluster, DestinationState destination)
    {
        var processId = supervisor.Fleet.Workers.GetValueOrDefault(destination.DestinationId)?.Status.ProcessId;
        TimeSpan pause;
        lock (circuit)
        {
            if (circuit.ProcessId != processId)
            {
                (circuit.Failures, circuit.Trips, circuit.ProcessId, circuit.OpenUntil) = (0, 0, processId, default);
            }

            // What was under way when the circuit opened says nothing new.
            if (circuit.OpenUntil > time.GetUtcNow())
            {
                return;
            }

            if (++circuit.Failures < options.Value.CircuitFailures)
            {
                return;
            }

            pause = TimeSpan.FromSeconds(options.Value.CircuitSeconds * (1 << Math.Min(circuit.Trips, MostDoublings)));
            circuit.Failures = options.Value.CircuitFailures - 1;
            circuit.Trips++;
            circuit.OpenUntil = time.GetUtcNow() + pause;
        }

        Log.Open(logger, cluster.ClusterId, destination.DestinationId, pause.TotalSeconds);
        updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, pause);
    }

    private sealed class Circuit
    {
        public int Failures { get; set; }
        public int Trips { get; set; }
        public int? ProcessId { get; set; }
        public DateTimeOffset OpenUntil { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Model {Model}: worker {Worker} lost several requests in a row and gets none for {Seconds} s")]
        public static partial void Open(ILogger logger, string model, string worker, double seconds);
    }
}
