using InferServe.Contracts.Json;
using InferServe.Contracts.Models;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Tenants;

namespace InferServe.Gateway.Models;

internal static class ModelEndpoints
{
    private const string Owner = "inferserve";

    /// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>, from the registry: a model is listed whether or not it is ready,
    /// to those who may use it.</summary>
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/models", (HttpContext context, ModelRegistryProvider registry) =>
            TypedResults.Json(new ModelList { Data = [.. TenantAccess.Visible(context, registry.Current).SelectMany(Entries)] }, ContractsJsonContext.Default.ModelList));
        endpoints.MapGet("/v1/models/{**id}", (string id, HttpContext context, ModelRegistryProvider registry) =>
        {
            var model = TenantAccess.Require(context, registry.Current, id);
            return TypedResults.Json(Entry(id, model), ContractsJsonContext.Default.ModelInfo);
        });
    }

    /// <summary>The model under its name and under each alias, then its adapters.</summary>
    private static IEnumerable<ModelInfo> Entries(ModelDefinition model) =>
        model.Aliases.Prepend(model.Name).Concat(model.Adapters.Select(adapter => adapter.Name)).Select(name => Entry(name, model));

    private static ModelInfo Entry(string id, ModelDefinition model) => new()
    {
        Id = id,
        Created = model.Created.ToUnixTimeSeconds(),
        OwnedBy = Owner,
        MaxModelLen = model.ContextLength,
        Parent = model.Adapters.Any(adapter => adapter.Name == id) ? model.Name : null,
    };
}
