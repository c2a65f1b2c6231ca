using InferServe.Contracts.Errors;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using InferServe.Gateway.Tenants;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace InferServe.Gateway.Routing;

/// <summary>Finds the workers that may take a request; while the model loads, the request waits here.</summary>
internal sealed class ReadyWorkerFinder(
    WorkerDestinations destinations,
    WorkerSupervisor supervisor,
    ModelRegistryProvider registry,
    LoadingQueue queue,
    RequestDrain drain,
    IOptions<RoutingOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    /// <summary>The proxy follows the supervisor within moments, without telling.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(250);

    /// <summary>The model's workers that answer and have room; at least one.</summary>
    /// <param name="request">The request; its model follows the registry.</param>
    /// <param name="context">Whose request it is.</param>
    /// <exception cref="ApiException">429: too many requests wait. 503: the model does not answer, or did not in time.</exception>
    public async Task<(ClusterState Cluster, IReadOnlyList<DestinationState> Ready)> FindAsync(RoutedRequest request, HttpContext context)
    {
        LoadingTicket? ticket = null;
        try
        {
            var started = time.GetTimestamp();
            while (true)
            {
                if (destinations.Find(request) is ({ } cluster, { Count: > 0 } ready))
                {
                    return (cluster, WithRoom(ready, request.Model));
                }

                if (drain.Stopping.IsCancellationRequested)
                {
                    throw new ApiException(ApiErrors.ShuttingDown(RetrySoon));
                }

                supervisor.Ask(request.Model.Name, again: ticket is not null);
                var status = destinations.StatusFor(request);
                if (!status.IsComing || time.GetElapsedTime(started).TotalSeconds >= options.Value.LoadingWaitSeconds)
                {
                    throw Unavailable(request.Model, status);
                }

                ticket ??= queue.TryEnter(request.Model.Name) ?? throw Full(request.Model, status);
                await ticket.WaitAsync(LongestNap, context.RequestAborted);
                request.Model = TenantAccess.Require(context, registry.Current, request.Name);
            }
        }
        finally
        {
            ticket?.Dispose();
        }
    }

    private IReadOnlyList<DestinationState> WithRoom(IReadOnlyList<DestinationState> ready, ModelDefinition model)
    {
        var free = model.RequestsPerWorker is null ? ready : [.. ready.Where(destination => destinations.HasRoom(destination, model))];
        if (free.Count > 0)
        {
            return free;
        }

        // Known to be full: the worker would say the same, but only after it has read the request.
        var mean = destinations.WorkerOf(ready[0])?.Traffic.MeanDuration ?? RetrySoon;
        var wait = mean * Math.Max(1, model.QueueLimit!.Value) / model.MaxSequences!.Value;
        throw new ApiException(ApiErrors.QueueFull(model.Name, model.QueueLimit.Value * ready.Count, Clamp(wait)));
    }

    private ApiException Full(ModelDefinition model, ModelStatus status) => options.Value.LoadingQueueLimit == 0
        ? Unavailable(model, status)
        : new ApiException(ApiErrors.QueueFull(model.Name, options.Value.LoadingQueueLimit, Clamp(status.RetryAfter(time.GetUtcNow()))));

    private ApiException Unavailable(ModelDefinition model, ModelStatus status)
        => new(ApiErrors.ModelUnavailable(model.Name, status.Describe(), status.RetryAfter(time.GetUtcNow())));

    private static TimeSpan Clamp(TimeSpan wait) => TimeSpan.FromSeconds(Math.Clamp(wait.TotalSeconds, 1, 600));
}
