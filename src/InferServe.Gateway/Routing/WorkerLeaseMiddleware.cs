namespace InferServe.Gateway.Routing;

/// <summary>
/// Stands behind the choice of a worker and counts the request as the worker's until it is answered. A worker that was retired in
/// between takes none, and the request looks for another.
/// </summary>
internal sealed class WorkerLeaseMiddleware(RequestDelegate next, WorkerDestinations destinations, PrefixMemories memories, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var destination = context.GetReverseProxyFeature().AvailableDestinations[0];
        var request = context.Features.Get<RoutedRequest>()!;
        var worker = destinations.WorkerOf(destination);
        request.WasTurnedAway = worker is null ? !request.Model.IsRemote : !worker.Traffic.TryEnter();
        if (request.WasTurnedAway)
        {
            return;
        }

        request.Tried.Add(destination.DestinationId);
        memories.Remember(destination, request.Prefix);
        if (worker is null)
        {
            await next(context);
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            worker.Traffic.Leave(time.GetElapsedTime(started));
        }
    }
}
