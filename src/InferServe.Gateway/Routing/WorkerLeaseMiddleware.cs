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
        request.Tried.Add(destination.DestinationId);
        memories.Remember(destination, request.Prefix);
        var worker = destinations.WorkerOf(destination);
        if (worker is null)
        {
            // On another machine, or retired since it was chosen.
            request.WasRefused = !request.Model.IsRemote;
            await (request.WasRefused ? Task.CompletedTask : next(context));
            return;
        }

        if (!worker.Traffic.TryEnter())
        {
            request.WasRefused = true;
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
