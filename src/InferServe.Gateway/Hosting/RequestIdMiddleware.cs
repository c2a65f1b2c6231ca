namespace InferServe.Gateway.Hosting;

/// <summary>
/// Gives every request an id: the client's <c>x-request-id</c>, else a new one. It is forwarded to the worker, returned
/// to the client and named in the log.
/// </summary>
internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    public const string Header = "x-request-id";
    private const int MaxLength = 128;

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = IsAcceptable(given) ? given : $"req_{Guid.NewGuid():N}";
        context.TraceIdentifier = id;
        context.Request.Headers[Header] = id;
        // At the last moment, because the proxy copies the worker's header too.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>Visible ASCII, 1 to 128 characters: safe in headers and logs.</summary>
    internal static bool IsAcceptable(string id) => id.Length is > 0 and <= MaxLength && id.All(letter => letter is > ' ' and <= '~');
}
