using InferServe.Gateway.Hosting;
using InferServe.Gateway.Quotas;
using InferServe.Gateway.Tracing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace InferServe.Gateway.Routing;

internal static class RoutingExtensions
{
    /// <summary>Adds the reverse proxy with a cluster per model, its policies, and what a request passes on its way to a worker.</summary>
    public static IServiceCollection AddModelRouting(this IServiceCollection services)
    {
        services.AddCheckedOptions<RoutingOptions>(RoutingOptions.Section);
        services.AddSingleton<IProxyConfigProvider, WorkerProxyConfigProvider>();
        services.AddSingleton<IForwarderHttpClientFactory, WorkerHttpClientFactory>();
        services.AddSingleton<IDestinationResolver, WorkerNameResolver>();
        services.AddSingleton<PrefixMemories>();
        services.AddSingleton<ILoadBalancingPolicy, PrefixAffinityPolicy>();
        services.AddSingleton<CircuitPolicy>();
        services.AddSingleton<IPassiveHealthCheckPolicy>(provider => provider.GetRequiredService<CircuitPolicy>());
        services.AddSingleton<WorkerDestinations>();
        services.AddSingleton<LoadingQueue>();
        services.AddSingleton<ReadyWorkerFinder>();
        services.AddSingleton<RoutingMetrics>();
        services.AddSingleton<ModelMetrics>();
        services.AddSingleton<EventStreamGuard>();
        services.AddReverseProxy().AddTransforms(transforms =>
        {
            transforms.AddResponseTransform(RefusalTransform.ApplyAsync);
            transforms.AddResponseTransform(transforms.Services.GetRequiredService<EventStreamGuard>().ApplyAsync);
        });
        return services;
    }

    /// <summary>
    /// Maps the generating paths: <see cref="AdmissionMiddleware"/>, <see cref="ModelRoutingMiddleware"/>, then the proxy's choice of a worker, its count of requests, the record
    /// of failures, and the forwarder.
    /// </summary>
    public static void MapModelRouting(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<ModelMetrics>();
        endpoints.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<TracingMiddleware>();
            pipeline.UseMiddleware<AdmissionMiddleware>();
            pipeline.UseMiddleware<ModelRoutingMiddleware>();
            pipeline.UseLoadBalancing();
            pipeline.UseMiddleware<WorkerLeaseMiddleware>();
            pipeline.UsePassiveHealthChecks();
        });
    }
}
