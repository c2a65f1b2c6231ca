using InferServe.Contracts.Errors;
using InferServe.Engine;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Health;

internal static class HealthEndpoints
{
    /// <summary>Serves <c>GET /health/live</c> (the process works) and <c>GET /health/ready</c> (requests are taken, and answered).</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live);
        routes.MapGet("/health/ready", Ready);
        return routes;
    }

    /// <exception cref="ApiException">503: the engine does not work.</exception>
    internal static ContentHttpResult Live(ModelHost host, IOptions<WorkerOptions> options)
    {
        ThrowIf(host.Status.Model, Liveness.Problem, options.Value);
        return TypedResults.Text("""{"status":"alive"}""", "application/json");
    }

    /// <exception cref="ApiException">503: the model takes no requests now, or would not answer them.</exception>
    internal static ContentHttpResult Ready(ModelHost host, IOptions<WorkerOptions> options)
    {
        ThrowIf(host.Require(), Liveness.Standstill, options.Value);
        return TypedResults.Text("""{"status":"ready"}""", "application/json");
    }

    private static void ThrowIf(LoadedModel? model, Func<EngineStatus, TimeSpan, string?> find, WorkerOptions options)
    {
        if (model is not null && find(model.Engine.Status, TimeSpan.FromSeconds(options.StuckSeconds)) is { } problem)
        {
            throw new ApiException(ApiErrors.ModelUnavailable(options.EffectiveName, problem, ModelHost.RetryLater));
        }
    }
}
