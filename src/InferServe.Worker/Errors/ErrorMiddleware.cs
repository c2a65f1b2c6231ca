using InferServe.Contracts.Errors;
using InferServe.Worker.Metrics;

namespace InferServe.Worker.Errors;

/// <summary>
/// The one place where a failed request becomes an answer: exceptions of every kind, and the bare status codes that routing sets
/// for unknown paths and methods.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, WorkerMetrics metrics, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ApiError? error;
        try
        {
            await next(context);
            error = FromStatus(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
            LogAborted(context.TraceIdentifier);
            return;
        }
        catch (ApiException exception)
        {
            error = exception.Error;
        }
        catch (BadHttpRequestException exception)
        {
            error = FromBadRequest(exception, context);
        }
        catch (Exception exception)
        {
            LogFailed(exception, context.TraceIdentifier);
            error = ApiErrors.Internal(context.TraceIdentifier);
        }

        if (error is null)
        {
            return;
        }

        if (context.Request.Path.StartsWithSegments("/v1"))
        {
            metrics.RequestRejected(error);
        }

        if (context.Response.HasStarted)
        {
            // The answer cannot be taken back; only a broken connection tells the client that it is incomplete.
            context.Abort();
            return;
        }

        LogRejected(context.TraceIdentifier, error.Status, error.Code, error.Param);
        await ErrorWriter.WriteAsync(context, error);
    }

    private static ApiError? FromStatus(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.ContentLength is not null || response.ContentType is not null)
        {
            return null;
        }

        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiErrors.PathNotFound(request.Method, request.Path),
            StatusCodes.Status405MethodNotAllowed => ApiErrors.MethodNotAllowed(request.Method, request.Path, response.Headers.Allow),
            _ => null,
        };
    }

    private static ApiError FromBadRequest(BadHttpRequestException exception, HttpContext context)
    {
        if (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            var limit = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
            return ApiErrors.BodyTooLarge(limit);
        }

        return ApiErrors.InvalidJson(exception.Message) with { Status = exception.StatusCode };
    }

    // The message of an error may quote the request, so it is not logged.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {RequestId} is refused: {Status} {Code} {Param}")]
    private partial void LogRejected(string requestId, int status, string? code, string? param);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {RequestId} was aborted by its client")]
    private partial void LogAborted(string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private partial void LogFailed(Exception exception, string requestId);
}
