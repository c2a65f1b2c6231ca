using InferServe.Contracts.Errors;

namespace InferServe.Gateway.Tenants;

/// <summary>
/// Asks every request for a key, except those for operators' paths. A request that passes has its <see cref="ApiKey"/> as a feature
/// and the key no longer in its headers.
/// </summary>
internal sealed class AuthenticationMiddleware(RequestDelegate next, KeyRingProvider keys)
{
    /// <summary>Paths that have no tenant: answers about the gateway itself.</summary>
    private static readonly PathString[] OpenPaths = ["/health", "/version", "/metrics"];

    public Task InvokeAsync(HttpContext context)
    {
        var presented = PresentedKey.Of(context.Request.Headers);
        var open = Array.Exists(OpenPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));
        if (!open && keys.Current is { } ring)
        {
            context.Features.Set((presented is null ? null : ring.Find(presented)) ?? throw Refusal(context, presented is null));
        }

        if (!open)
        {
            PresentedKey.Remove(context.Request.Headers);
        }

        return next(context);
    }

    /// <summary>The key itself is repeated nowhere.</summary>
    private static ApiException Refusal(HttpContext context, bool missing)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new ApiException(ApiErrors.InvalidApiKey(missing
            ? "This server wants an API key: send it in the header 'Authorization: Bearer <key>', 'x-api-key' or 'api-key'."
            : "The API key is not valid."));
    }
}
