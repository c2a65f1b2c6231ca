using InferServe.Contracts.Errors;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Health;

internal static class HealthEndpoints
{
    /// <summary>Serves <c>GET /health/live</c> (the process works) and <c>GET /health/ready</c> (requests are taken).</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live);
        routes.MapGet("/health/ready", Ready);
        return routes;
    }

    private static ContentHttpResult Live(ModelHost host, IOptions<WorkerOptions> options)
    {
        var limit = TimeSpan.FromSeconds(options.Value.StuckSeconds);
        return host.Status.Model?.Engine.Status is { } engine && Liveness.Problem(engine, limit) is { } problem
            ? throw new ApiException(ApiErrors.ModelUnavailable(options.Value.EffectiveName, problem, ModelHost.RetryLater))
            : TypedResults.Text("""{"status":"alive"}""", "application/json");
    }

    private static ContentHttpResult Ready(ModelHost host)
    {
        host.Require();
        return TypedResults.Text("""{"status":"ready"}""", "application/json");
    }
}
