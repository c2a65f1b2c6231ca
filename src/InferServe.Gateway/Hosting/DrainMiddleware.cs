namespace InferServe.Gateway.Hosting;

/// <summary>Cuts requests that outlive the drain.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, RequestDrain drain)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await using var registration = drain.Cut.Register(context.Abort);
        await next(context);
    }
}
