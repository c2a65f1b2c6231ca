using Prometheus;

namespace InferServe.Worker.Metrics;

internal static class MetricsEndpoints
{
    public static IServiceCollection AddWorkerMetrics(this IServiceCollection services) => services.AddSingleton<WorkerMetrics>();

    /// <summary>Serves <c>GET /metrics</c> in Prometheus' text format.</summary>
    public static IEndpointRouteBuilder MapWorkerMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapMetrics(options => options.Registry = routes.ServiceProvider.GetRequiredService<WorkerMetrics>().Registry);
        return routes;
    }
}
