using System.Text;
using Prometheus;

namespace InferServe.Gateway.Metrics;

internal static class MetricsExtensions
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static IServiceCollection AddGatewayMetrics(this IServiceCollection services)
        => services.AddSingleton<GatewayMetrics>().AddSingleton<RejectedRequests>().AddSingleton<WorkerMetrics>();

    /// <summary>Counts and times every HTTP request.</summary>
    public static WebApplication UseGatewayMetrics(this WebApplication app)
    {
        var registry = app.Services.GetRequiredService<GatewayMetrics>().Registry;
        app.UseHttpMetrics(options =>
        {
            options.InProgress.Registry = registry;
            options.RequestCount.Registry = registry;
            options.RequestDuration.Registry = registry;
        });
        return app;
    }

    /// <summary><c>GET /metrics</c>: the gateway's metrics and, under the label <c>worker</c>, those of every ready worker.</summary>
    public static void MapGatewayMetrics(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/metrics", async (GatewayMetrics gateway, WorkerMetrics workers, CancellationToken cancellationToken) =>
        {
            var merged = new MetricsText();
            using var own = new MemoryStream();
            await gateway.Registry.CollectAndExportAsTextAsync(own, cancellationToken);
            merged.Add(Encoding.UTF8.GetString(own.ToArray()), label: null);
            foreach (var (workerId, text) in await workers.CollectAsync(cancellationToken))
            {
                merged.Add(text, $"worker=\"{workerId}\"");
            }

            return TypedResults.Text(merged.ToString(), ContentType);
        });
}
