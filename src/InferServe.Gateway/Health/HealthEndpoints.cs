using System.Text.Json;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Routing;
using InferServe.Gateway.Supervision;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InferServe.Gateway.Health;

internal static class HealthEndpoints
{
    /// <summary>
    /// <c>GET /health/live</c>: 200 while the gateway runs. <c>GET /health/ready</c>: 200 when every model that is not
    /// loaded on demand has a ready worker and the gateway takes requests, else 503; the body lists the models.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Report(StatusCodes.Status200OK, new HealthReport("live")));
        endpoints.MapGet("/health/ready", (ModelRegistryProvider registry, WorkerDestinations workers, RequestDrain drain) =>
        {
            var models = registry.Current.Models.Select(workers.StatusOf).ToList();
            var (code, status) = drain.Stopping.IsCancellationRequested ? (StatusCodes.Status503ServiceUnavailable, "stopping")
                : drain.IsPaused ? (StatusCodes.Status503ServiceUnavailable, "draining")
                : !models.Exists(model => model.IsMissed) ? (StatusCodes.Status200OK, "ready")
                : (StatusCodes.Status503ServiceUnavailable, "not_ready");
            return Report(code, new HealthReport(status, [.. models.Select(Describe)]));
        });
    }

    private static ModelHealth Describe(ModelStatus status) => new(
        status.Model.Name,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(status.State.ToString()),
        status.ReadyWorkers,
        status.Model.Replicas,
        status.IsReady ? null : status.Reason);

    private static JsonHttpResult<HealthReport> Report(int code, HealthReport report)
        => TypedResults.Json(report, GatewayJsonContext.Default.HealthReport, statusCode: code);
}
