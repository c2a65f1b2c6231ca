using InferServe.Contracts.Json;
using InferServe.Contracts.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace InferServe.Worker.Models;

internal static class ModelEndpoints
{
    /// <summary>Loads the model in the background and drains it at the end.</summary>
    public static IServiceCollection AddModel(this IServiceCollection services) => services
        .AddSingleton<ModelHost>()
        .AddSingleton<ModelLoader>()
        .AddHostedService<ModelLoading>()
        .AddHostedService<ModelDrain>();

    /// <summary>Serves <c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", List);
        routes.MapGet("/v1/models/{**id}", Get);
        return routes;
    }

    private static JsonHttpResult<ModelList> List(ModelHost host)
    {
        var model = host.Require();
        var own = model.Names.Select(name => Describe(model, name));
        var adapters = model.Adapters.Values.Select(adapted => Describe(adapted, adapted.Name));
        return TypedResults.Json(new ModelList { Data = [.. own.Concat(adapters)] }, WireJson.Context.ModelList);
    }

    private static JsonHttpResult<ModelInfo> Get(string id, ModelHost host) => TypedResults.Json(Describe(host.Require(id), id), WireJson.Context.ModelInfo);

    private static ModelInfo Describe(LoadedModel model, string name) => new()
    {
        Id = name,
        Created = model.Created.ToUnixTimeSeconds(),
        OwnedBy = "inferserve",
        MaxModelLen = model.ContextLength,
        Parent = model.Parent,
    };
}
