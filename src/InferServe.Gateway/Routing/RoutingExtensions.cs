using InferServe.Gateway.Quotas;
using InferServe.Gateway.Tracing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace InferServe.Gateway.Routing;

internal static class RoutingExtensions
{
    /// <summary>Adds the reverse proxy with a cluster per model, reached over the workers' sockets.</summary>
    public static IServiceCollection AddModelRouting(this IServiceCollection services)
    {
        services.AddSingleton<IProxyConfigProvider, WorkerProxyConfigProvider>();
        services.AddSingleton<IForwarderHttpClientFactory, WorkerHttpClientFactory>();
        services.AddSingleton<EventStreamGuard>();
        services.AddReverseProxy().AddTransforms(transforms =>
            transforms.AddResponseTransform(transforms.Services.GetRequiredService<EventStreamGuard>().ApplyAsync));
        return services;
    }

    /// <summary>Maps the generating paths: <see cref="AdmissionMiddleware"/>, <see cref="ModelRoutingMiddleware"/>, then the proxy's choice of a worker, then the forwarder.</summary>
    public static void MapModelRouting(this IEndpointRouteBuilder endpoints)
        => endpoints.MapReverseProxy(pipeline =>
        {
            pipeline.UseMiddleware<TracingMiddleware>();
            pipeline.UseMiddleware<AdmissionMiddleware>();
            pipeline.UseMiddleware<ModelRoutingMiddleware>();
            pipeline.UseLoadBalancing();
        });
}
