using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace InferServe.Gateway.Routing;

/// <summary>
/// The proxy's configuration, made from the registry: a route per generating path, a cluster per model, a destination
/// per worker. Which destinations may be used at a moment is <see cref="ModelRoutingMiddleware"/>'s business.
/// </summary>
internal sealed class WorkerProxyConfigProvider(ModelRegistryProvider registry, IOptions<GatewayOptions> options) : IProxyConfigProvider
{
    /// <summary>Paths that a worker answers for clients; everything else of a worker stays inside.</summary>
    public static readonly string[] Paths = ["/v1/chat/completions", "/v1/completions", "/tokenize", "/detokenize"];

    public IProxyConfig GetConfig()
    {
        var current = registry.Current;
        return new WorkerProxyConfig(
            [.. Paths.Select(path => Route(path, current))],
            [.. WorkerIds.Define(current.Models).GroupBy(worker => worker.Model).Select(Cluster)],
            current.ChangeToken);
    }

    /// <summary>The proxy wants a cluster with every route; the routing middleware replaces it by that of the model asked for.</summary>
    private static RouteConfig Route(string path, ModelRegistry registry) => new()
    {
        RouteId = path,
        ClusterId = registry.Models[0].Name,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
    };

    private ClusterConfig Cluster(IGrouping<ModelDefinition, WorkerDefinition> workers) => new()
    {
        ClusterId = workers.Key.Name,
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        Destinations = workers.ToDictionary(worker => worker.Id, worker => new DestinationConfig { Address = $"http://{worker.Id}/" }),
        HttpRequest = new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = TimeSpan.FromSeconds(options.Value.ActivityTimeoutSeconds),
            AllowResponseBuffering = false,
        },
    };

    private sealed record WorkerProxyConfig(
        IReadOnlyList<RouteConfig> Routes, IReadOnlyList<ClusterConfig> Clusters, IChangeToken ChangeToken) : IProxyConfig;
}
