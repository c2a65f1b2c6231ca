using InferServe.Contracts.Errors;

namespace InferServe.Gateway.Admin;

/// <summary>Lets nobody pass without the key, whatever the path.</summary>
internal sealed class AdminKeyMiddleware(RequestDelegate next, AdminKey key)
{
    public Task InvokeAsync(HttpContext context) => key.Opens(context.Request.Headers.Authorization.ToString())
        ? next(context)
        : throw new ApiException(ApiErrors.InvalidApiKey("The administration needs its key: send it as 'Authorization: Bearer <key>'."));
}
