using InferServe.Contracts.Errors;
using InferServe.Contracts.Json;
using InferServe.Contracts.Models;
using InferServe.Gateway.Registry;

namespace InferServe.Gateway.Models;

internal static class ModelEndpoints
{
    private const string Owner = "inferserve";

    /// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>, from the registry: a model is listed whether or not it is ready.</summary>
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/models", (ModelRegistryProvider registry) =>
            TypedResults.Json(new ModelList { Data = [.. registry.Current.Models.SelectMany(Entries)] }, ContractsJsonContext.Default.ModelList));
        endpoints.MapGet("/v1/models/{**id}", (string id, ModelRegistryProvider registry) =>
        {
            var model = registry.Current.Find(id)
                ?? throw new ApiException(ApiErrors.ModelNotFound(id, registry.Current.Models.Select(known => known.Name)));
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
