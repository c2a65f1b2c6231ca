using InferServe.Contracts.Errors;
using InferServe.Gateway.Metrics;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Hosting;

/// <summary>Gives every failed request a body in OpenAI's shape: thrown errors, and statuses that came without a body.</summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next, IOptions<GatewayOptions> options, RejectedRequests? rejected, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var error = await RunAsync(context);
        if (error is not null && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            rejected?.Count(error);
            await ApiErrorWriter.WriteAsync(context, error);
        }
    }

    private async Task<ApiError?> RunAsync(HttpContext context)
    {
        try
        {
            await next(context);
            return ErrorOfStatus(context);
        }
        catch (ApiException exception)
        {
            return exception.Error;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiErrors.BodyTooLarge(options.Value.MaxRequestBodyBytes);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            return ApiErrors.BodyTooSlow(context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate?.BytesPerSecond);
        }
        catch (BadHttpRequestException exception)
        {
            return ApiErrors.InvalidValue(exception.Message, param: null) with { Status = exception.StatusCode };
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.Failed(logger, exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
            return ApiErrors.Internal(context.TraceIdentifier);
        }
    }

    /// <summary>The error for a status that nobody wrote a body for, such as routing's 404 and 405; else null.</summary>
    private static ApiError? ErrorOfStatus(HttpContext context)
    {
        var response = context.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentLength is not null || response.ContentType is not null)
        {
            return null;
        }

        var (method, path) = (context.Request.Method, context.Request.Path.ToString());
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ApiErrors.PathNotFound(method, path),
            StatusCodes.Status405MethodNotAllowed => ApiErrors.MethodNotAllowed(method, path, response.Headers.Allow.ToString()),
            < 500 and var status => ApiErrors.InvalidValue($"The request was refused with status {status}.", param: null) with { Status = status },
            var status => ApiErrors.Internal(context.TraceIdentifier) with { Status = status },
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed, request id {RequestId}")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path, string requestId);
    }
}
