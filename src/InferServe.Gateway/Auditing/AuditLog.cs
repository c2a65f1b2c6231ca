using InferServe.Gateway.Admin;

namespace InferServe.Gateway.Auditing;

/// <summary>
/// Notes every request to the administration, refused ones included: who, what and with what result. The line is of level Warning where something was
/// refused, of level Information else; its category can be sent to a place of its own.
/// </summary>
internal sealed partial class AuditLog(ILoggerFactory loggers) : IAdminMiddleware
{
    public const string Category = "InferServe.Gateway.Audit";

    private const int MaxPathLength = 200;

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            var (path, remote) = (Harmless(context.Request.Path), context.Connection.RemoteIpAddress?.ToString() ?? "local");
            var level = context.Response.StatusCode is 401 or 403 ? LogLevel.Warning : LogLevel.Information;
            Log.Noted(_logger, level, context.Request.Method, path, context.Response.StatusCode, remote, context.TraceIdentifier);
        }
    }

    /// <summary>The path as one line of bounded length; the query and the body may hold anything and are not noted.</summary>
    private static string Harmless(PathString path)
    {
        var text = path.ToUriComponent();
        return text.Length <= MaxPathLength ? text : text[..MaxPathLength];
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{Method} {Path} of the administration: {Status}, from {Remote}, request id {RequestId}")]
        public static partial void Noted(ILogger logger, LogLevel level, string method, string path, int status, string remote, string requestId);
    }
}
