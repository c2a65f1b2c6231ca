namespace InferServe.Worker.Chat;

internal static class ChatEndpoints
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services.AddSingleton<ChatCompletionHandler>();

    /// <summary>Serves <c>POST /v1/chat/completions</c>.</summary>
    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/chat/completions", static (HttpContext context, ChatCompletionHandler handler) => handler.HandleAsync(context));
        return routes;
    }
}
