using Yarp.ReverseProxy.Transforms;

namespace InferServe.Gateway.Routing;

/// <summary>Keeps back the answer of a worker that refuses a request for want of room, when another worker can take it.</summary>
internal static class RefusalTransform
{
    /// <summary>A response transform of the proxy; it runs before the body is copied.</summary>
    public static ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && (int)response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            && context.HttpContext.Features.Get<RoutedRequest>() is { } request && request.HasAlternative())
        {
            request.WasRefused = true;
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }
}
