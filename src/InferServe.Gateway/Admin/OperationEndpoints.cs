using InferServe.Contracts.Errors;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InferServe.Gateway.Admin;

/// <summary>
/// What operators do: <c>POST /admin/reload</c>, <c>/admin/models/{name}/load</c> and <c>/unload</c>, <c>/admin/workers/{id}/replace</c>,
/// <c>/admin/drain</c> and <c>/admin/resume</c>. All but the first answer 202: the work goes on when the answer is there.
/// </summary>
internal sealed class OperationEndpoints(ModelRegistryProvider registry, ModelsReloader reloader, WorkerSupervisor supervisor, RequestDrain drain) : IAdminEndpoints
{
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/reload", Reload);
        admin.MapPost("/models/{name}/load", (string name) => Hold(name, hold: false));
        admin.MapPost("/models/{name}/unload", (string name) => Hold(name, hold: true));
        admin.MapPost("/workers/{id}/replace", (string id) => supervisor.Replace(id)
            ? Accepted($"worker {id} is replaced")
            : throw new ApiException(ApiErrors.InvalidValue($"There is no worker '{id}'.", param: null) with { Status = StatusCodes.Status404NotFound }));
        admin.MapPost("/drain", () => Pause(true, "new requests are refused until /admin/resume"));
        admin.MapPost("/resume", () => Pause(false, "requests are taken"));
    }

    private JsonHttpResult<ReloadReport> Reload()
    {
        var outcome = reloader.Reload("admin");
        return TypedResults.Json(
            ReloadReport.Of(outcome),
            AdminJsonContext.Default.ReloadReport,
            statusCode: outcome.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The name is one segment of the path: its slashes come as <c>%2F</c>.</summary>
    private JsonHttpResult<OperationReport> Hold(string name, bool hold)
    {
        var model = registry.Current.Find(Uri.UnescapeDataString(name))
            ?? throw new ApiException(ApiErrors.ModelNotFound(name, registry.Current.Models.Select(known => known.Name)));
        return supervisor.Hold(model.Name, hold)
            ? Accepted($"model {model.Name} is {(hold ? "unloaded, and stays so until it is loaded here" : "loaded")}")
            : throw new ApiException(ApiErrors.InvalidValue($"The workers of '{model.Name}' are on other machines.", param: null) with { Status = StatusCodes.Status409Conflict });
    }

    private JsonHttpResult<OperationReport> Pause(bool pause, string result)
    {
        drain.IsPaused = pause;
        return Accepted(result);
    }

    private static JsonHttpResult<OperationReport> Accepted(string result)
        => TypedResults.Json(new OperationReport(result), AdminJsonContext.Default.OperationReport, statusCode: StatusCodes.Status202Accepted);
}

/// <summary>The body of an accepted operation.</summary>
/// <param name="Result">What happens, for people.</param>
internal sealed record OperationReport(string Result);
