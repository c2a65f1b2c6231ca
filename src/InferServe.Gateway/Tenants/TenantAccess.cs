using InferServe.Contracts.Errors;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Tenants;

/// <summary>Which models the sender of a request may see and use.</summary>
internal static class TenantAccess
{
    /// <summary>The models that exist for the sender.</summary>
    public static IEnumerable<ModelDefinition> Visible(HttpContext context, ModelRegistry registry)
        => context.Features.Get<ApiKey>() is { } key ? registry.Models.Where(key.Allows) : registry.Models;

    /// <summary>The model of that name or alias.</summary>
    /// <exception cref="ApiException">There is none (404, listing those that exist for the sender), or the key may not use it (403).</exception>
    public static ModelDefinition Require(HttpContext context, ModelRegistry registry, string name)
    {
        var model = registry.Find(name)
            ?? throw new ApiException(ApiErrors.ModelNotFound(name, Visible(context, registry).Select(known => known.Name)));
        return context.Features.Get<ApiKey>()?.Allows(model) is false ? throw new ApiException(ApiErrors.ModelNotAllowed(name)) : model;
    }
}
