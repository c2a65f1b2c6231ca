using InferServe.Contracts.Errors;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Stands at the head of the proxy's pipeline and leads a request to the workers of its model:
/// (1) take the body into memory; (2) read <c>model</c>; (3) find the model; (4) keep its ready workers, of which the
/// proxy picks one; (5) forward; (6) say what went wrong when no answer came.
/// </summary>
internal sealed class ModelRoutingMiddleware(
    RequestDelegate next,
    ModelRegistryProvider registry,
    WorkerSupervisor supervisor,
    IProxyStateLookup proxy,
    IOptions<GatewayOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        // (1), (2)
        var body = await RequestBody.BufferAsync(context.Request, options.Value.MaxRequestBodyBytes, context.RequestAborted);
        var name = ModelField.Read(body.GetBuffer().AsSpan(0, (int)body.Length));

        // (3)
        var current = registry.Current;
        var model = current.Find(name)
            ?? throw new ApiException(ApiErrors.ModelNotFound(name, current.Models.Select(known => known.Name)));

        // (4)
        if (!proxy.TryGetCluster(model.Name, out var cluster))
        {
            throw Unavailable(model, "is being set up", RetrySoon);
        }

        context.ReassignProxyRequest(cluster);
        var feature = context.GetReverseProxyFeature();
        feature.AvailableDestinations = [.. feature.AllDestinations.Where(destination => supervisor.IsReady(destination.DestinationId))];
        if (feature.AvailableDestinations.Count == 0)
        {
            var status = supervisor.StatusOf(model);
            throw Unavailable(model, status.Describe(), status.RetryAfter(time.GetUtcNow()));
        }

        // (5)
        await next(context);

        // (6)
        if (context.GetForwarderErrorFeature() is { } failure && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await ApiErrorWriter.WriteAsync(context, Describe(failure, model));
        }
    }

    private static ApiException Unavailable(ModelDefinition model, string state, TimeSpan retryAfter)
        => new(ApiErrors.ModelUnavailable(model.Name, state, retryAfter));

    private static ApiError Describe(IForwarderErrorFeature failure, ModelDefinition model)
    {
        var (status, what) = failure.Error == ForwarderError.RequestTimedOut
            ? (StatusCodes.Status504GatewayTimeout, "did not answer in time")
            : (StatusCodes.Status502BadGateway, "lost its worker before an answer came");
        return ApiErrors.ModelUnavailable(model.Name, what, RetrySoon) with { Status = status };
    }
}
