using InferServe.Gateway.Tenants;
using InferServe.Gateway.Usage;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Logging;

/// <summary>Notes each request when its answer has ended, if the settings ask for it: never what it said, only what it took.</summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, IOptions<LogOptions> options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("InferServe.Gateway.Requests");

    public Task InvokeAsync(HttpContext context) => options.Value.Requests ? NoteAsync(context) : next(context);

    private async Task NoteAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var usage = context.Features.Get<RequestUsage>();
            var note = usage?.Note ?? default;
            var milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds;
            var (path, key) = (context.Request.Path.ToUriComponent(), context.Features.Get<ApiKey>()?.Name);
            Log.Ended(_logger, context.Request.Method, path, context.Response.StatusCode, milliseconds, usage?.Model, key,
                note.PromptTokens, note.CachedTokens, note.CompletionTokens, context.TraceIdentifier);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Method} {Path} {Status} in {Milliseconds} ms, model {Model}, key {Key}, "
            + "{PromptTokens} prompt tokens ({CachedTokens} cached), {GenerationTokens} generated, request id {RequestId}")]
        public static partial void Ended(ILogger logger, string method, string path, int status, long milliseconds, string? model, string? key,
            int promptTokens, int cachedTokens, int generationTokens, string requestId);
    }
}
