using InferServe.Gateway.Hosting;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace InferServe.Gateway.Routing;

/// <summary>
/// The proxy's configuration, made from the fleet: a route per generating path, a cluster per model, a destination
/// per worker. Which destinations may be used at a moment is <see cref="WorkerDestinations"/>' business.
/// </summary>
internal sealed class WorkerProxyConfigProvider(WorkerSupervisor supervisor, IOptions<GatewayOptions> gateway, IOptions<RoutingOptions> routing) : IProxyConfigProvider
{
    /// <summary>Paths that a worker answers for clients; everything else of a worker stays inside.</summary>
    public static readonly string[] Paths = ["/v1/chat/completions", "/v1/completions", "/tokenize", "/detokenize"];

    /// <summary>Metadata of a cluster whose workers are on other machines.</summary>
    public const string RemoteMark = "Remote";

    /// <summary>The proxy wants a cluster with every route; the routing middleware replaces it by that of the model asked for. No model can have this name.</summary>
    private const string Unrouted = "(unrouted)";

    public IProxyConfig GetConfig()
    {
        var fleet = supervisor.Fleet;
        return new WorkerProxyConfig(
            [.. Paths.Select(Route)],
            [new ClusterConfig { ClusterId = Unrouted }, .. fleet.Models.Select(Cluster)],
            fleet.ChangeToken);
    }

    private static RouteConfig Route(string path) => new()
    {
        RouteId = path,
        ClusterId = Unrouted,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
    };

    private ClusterConfig Cluster(FleetModel entry) => new()
    {
        ClusterId = entry.Model.Name,
        LoadBalancingPolicy = PrefixAffinityPolicy.PolicyName,
        Metadata = entry.Model.IsRemote ? new Dictionary<string, string> { [RemoteMark] = "true" } : null,
        HealthCheck = new HealthCheckConfig
        {
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = CircuitPolicy.PolicyName },
            Active = entry.Model.IsRemote ? RemoteCheck() : null,

            // Where none answers, a request gets an error at once.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
        },
        Destinations = entry.Model.IsRemote
            ? entry.Model.RemoteWorkers.ToDictionary(url => WorkerNameResolver.RemotePrefix + url.Authority, url => new DestinationConfig { Address = url.ToString() })
            : entry.Workers.Select(worker => worker.Status.Worker.Id).ToDictionary(id => id, id => new DestinationConfig { Address = $"http://{id}/" }),
        HttpRequest = new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = TimeSpan.FromSeconds(gateway.Value.ActivityTimeoutSeconds),
            AllowResponseBuffering = false,
        },
    };

    /// <summary>The supervisor watches the processes it started; of others the proxy asks for itself.</summary>
    private ActiveHealthCheckConfig RemoteCheck() => new()
    {
        Enabled = true,
        Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        Path = "/health/ready",
        Interval = TimeSpan.FromSeconds(routing.Value.HealthSeconds),
        Timeout = TimeSpan.FromSeconds(routing.Value.HealthSeconds),
    };

    private sealed record WorkerProxyConfig(
        IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters, IChangeToken ChangeToken) : IProxyConfig;
}
