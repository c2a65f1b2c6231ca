using InferServe.Worker.Energy;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Metrics;

internal static class MetricsEndpoints
{
    public static IServiceCollection AddWorkerMetrics(this IServiceCollection services) => services.AddSingleton<WorkerMetrics>().AddHostedService<EnergyMeter>();

    /// <summary>Serves <c>GET /metrics</c> in Prometheus' text format.</summary>
    public static IEndpointRouteBuilder MapWorkerMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/metrics", static async (HttpContext context, WorkerMetrics metrics, ModelHost host, IOptions<WorkerOptions> options) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
            await context.Response.WriteAsync(VllmGauges.Write(options.Value.EffectiveName, host.Status.Model?.Engine.Status), context.RequestAborted);
        });
        return routes;
    }
}
