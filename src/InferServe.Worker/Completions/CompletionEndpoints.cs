namespace InferServe.Worker.Completions;

internal static class CompletionEndpoints
{
    public static IServiceCollection AddCompletions(this IServiceCollection services) => services.AddSingleton<CompletionHandler>();

    /// <summary>Serves <c>POST /v1/completions</c>.</summary>
    public static IEndpointRouteBuilder MapCompletions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/completions", static (HttpContext context, CompletionHandler handler) => handler.HandleAsync(context));
        return routes;
    }
}
