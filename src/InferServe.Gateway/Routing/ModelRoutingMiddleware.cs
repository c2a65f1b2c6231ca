using InferServe.Contracts.Errors;
using InferServe.Contracts.Workers;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Tenants;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Stands at the head of the proxy's pipeline and leads a request to a worker of its model:
/// (1) take the body into memory; (2) read <c>model</c>; (3) find the model; (4) find its ready workers, waiting while it loads; (5) forward to
/// the one that the proxy picks; (6) when it was lost or refused before the first byte, go on with another; (7) say what went wrong when
/// no answer came.
/// </summary>
internal sealed class ModelRoutingMiddleware(
    RequestDelegate next,
    ModelRegistryProvider registry,
    ReadyWorkerFinder finder,
    WorkerDestinations destinations,
    RoutingMetrics metrics,
    RequestDrain drain,
    IOptions<GatewayOptions> gateway,
    IOptions<RoutingOptions> routing)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (drain.IsPaused)
        {
            throw new ApiException(ApiErrors.ShuttingDown(RetrySoon));
        }

        // (1), (2)
        var body = await RequestBody.BufferAsync(context.Request, gateway.Value.MaxRequestBodyBytes, context.RequestAborted);
        var name = ModelField.Read(body.GetBuffer().AsSpan(0, (int)body.Length));

        // (3)
        var request = new RoutedRequest(TenantAccess.Require(context, registry.Current, name), name);
        request.HasAlternative = () => RetryPolicy.MayTryAnother(request.Lost, request.Tried.Count, routing.Value.Retries) && Untried(request).Ready.Count > 0;
        context.Features.Set(request);

        // (4)
        var (cluster, ready) = await finder.FindAsync(request, context);
        if (ready.Count > 1)
        {
            request.Prefix = PromptPrefix.Of(body.GetBuffer().AsSpan(0, (int)body.Length), context.Request.Headers[WorkerHeaders.CacheScope].ToString());
        }

        while (true)
        {
            // (5)
            body.Position = 0;
            var headers = context.Response.Headers.ToArray();
            request.Cluster = cluster;
            context.Request.Headers[WorkerHeaders.Model] = request.NameForWorkers;
            context.ReassignProxyRequest(cluster);
            context.GetReverseProxyFeature().AvailableDestinations = ready;
            await next(context);

            // (6)
            if (request.WasTurnedAway)
            {
                (cluster, ready) = await finder.FindAsync(request, context);
                continue;
            }

            var failure = context.GetForwarderErrorFeature();
            if ((failure is null && !request.WasRefused) || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            request.Lost += failure is null ? 0 : 1;
            if (failure?.Error == ForwarderError.RequestTimedOut || !request.HasAlternative() || Untried(request) is not ({ } other, { Count: > 0 } untried))
            {
                throw new ApiException(Describe(failure, request.Model));
            }

            metrics.CountRetry(request.Model.Name, lost: failure is not null);
            Reset(context, headers);
            (request.WasRefused, cluster, ready) = (false, other, untried);
        }
    }

    private (ClusterState? Cluster, IReadOnlyList<DestinationState> Ready) Untried(RoutedRequest request)
    {
        var (cluster, ready) = destinations.Find(request);
        return (cluster, [.. ready.Where(destination => !request.Tried.Contains(destination.DestinationId) && destinations.HasRoom(destination, request.Model))]);
    }

    /// <summary>Forgets what the proxy wrote down about the former worker's answer.</summary>
    private static void Reset(HttpContext context, KeyValuePair<string, StringValues>[] headers)
    {
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    // (7)
    private static ApiError Describe(IForwarderErrorFeature? failure, ModelDefinition model) => failure?.Error switch
    {
        null => ApiErrors.ModelUnavailable(model.Name, "is busy", RetrySoon),
        ForwarderError.RequestTimedOut => ApiErrors.ModelUnavailable(model.Name, "did not answer in time", RetrySoon) with { Status = StatusCodes.Status504GatewayTimeout },
        _ => ApiErrors.ModelUnavailable(model.Name, "lost its worker before an answer came", RetrySoon) with { Status = StatusCodes.Status502BadGateway },
    };
}
