namespace InferServe.Worker.Tokens;

internal static class TokenEndpoints
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services.AddSingleton<TokenizeHandler>();

    /// <summary>Serves <c>POST /tokenize</c> and <c>POST /detokenize</c>, as vLLM has them.</summary>
    public static IEndpointRouteBuilder MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tokenize", static (HttpContext context, TokenizeHandler handler) => handler.TokenizeAsync(context));
        routes.MapPost("/detokenize", static (HttpContext context, TokenizeHandler handler) => handler.DetokenizeAsync(context));
        return routes;
    }
}
