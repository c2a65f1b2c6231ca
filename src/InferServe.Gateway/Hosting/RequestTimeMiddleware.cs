using InferServe.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

/// <summary>
/// Bounds the time of a request: one without an answer by then gets an error; a stream has a moment to end with an error event, then it is
/// cut.
/// </summary>
internal sealed class RequestTimeMiddleware(RequestDelegate next, IOptions<ServerOptions> options, TimeProvider time)
{
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var limit = TimeSpan.FromSeconds(options.Value.RequestSeconds);
        var client = context.RequestAborted;
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(client);
        using var expired = new CancellationTokenSource(limit, time);
        context.Features.Set(new RequestDeadline(limit, expired.Token));
        context.RequestAborted = cut.Token;
        try
        {
            await using var end = expired.Token.Register(() => cut.CancelAfter(context.Response.HasStarted ? GoodbyeTime : TimeSpan.Zero));
            await next(context);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !client.IsCancellationRequested)
        {
            // Answered below.
        }
        finally
        {
            context.RequestAborted = client;
        }

        if (cut.IsCancellationRequested && !client.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                throw new ApiException(ApiErrors.RequestTimeout(limit));
            }

            context.Abort();
        }
    }
}
