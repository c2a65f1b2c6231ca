using System.Net.Mime;
using InferServe.Contracts.Errors;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Usage;
using Yarp.ReverseProxy.Transforms;

namespace InferServe.Gateway.Routing;

/// <summary>
/// Makes event streams end well: one that breaks off, because its worker died or its time or the drain time is over, ends for the
/// client with an error event and no <c>[DONE]</c>, instead of a broken connection.
/// </summary>
internal sealed partial class EventStreamGuard(RequestDrain drain, ILogger<EventStreamGuard> logger)
{
    /// <summary>A response transform of the proxy; it runs before the body is copied.</summary>
    public async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response
            || !string.Equals(response.Content.Headers.ContentType?.MediaType, MediaTypeNames.Text.EventStream, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var requestId = context.HttpContext.TraceIdentifier;
        var upstream = await response.Content.ReadAsStreamAsync(context.CancellationToken);
        var deadline = context.HttpContext.Features.Get<RequestDeadline>();
        var over = CancellationTokenSource.CreateLinkedTokenSource(drain.Expired, deadline?.Expired ?? CancellationToken.None);
        context.HttpContext.Response.RegisterForDispose(over);
        var usage = context.HttpContext.Features.Get<RequestUsage>();
        var request = context.HttpContext.Features.Get<RoutedRequest>();
        response.Content = new StreamContent(
            new WholeEventStream(upstream, failure => Farewell(failure, requestId, deadline, request), over.Token, note => usage?.Note = note));
    }

    private byte[] Farewell(Exception failure, string requestId, RequestDeadline? deadline, RoutedRequest? request)
    {
        var stopping = drain.Expired.IsCancellationRequested;
        var late = deadline?.Expired.IsCancellationRequested is true;
        if (!stopping && !late)
        {
            Log.BrokenOff(logger, requestId, failure.Message);
            request?.WasBrokenOff = true;
        }

        var error = stopping
            ? ApiErrors.ShuttingDown(TimeSpan.FromSeconds(1))
            : late ? ApiErrors.RequestTimeout(deadline!.Limit)
            : ApiErrors.Internal(requestId, "The worker ended before the answer was complete.");
        return [.. "data: "u8, .. error.ToUtf8Json(), .. "\n\n"u8];
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The stream of request {RequestId} broke off: {Reason}")]
        public static partial void BrokenOff(ILogger logger, string requestId, string reason);
    }
}
