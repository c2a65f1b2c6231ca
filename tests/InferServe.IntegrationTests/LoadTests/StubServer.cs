using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>A web server on a free port of the loopback interface that answers chat completions as a test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubServer(WebApplication app) => _app = app;

    /// <summary>Base address with <c>/v1/</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <param name="answer">Writes the answer to a request with the given body.</param>
    /// <param name="protocols">What it speaks; HTTP/2 without TLS needs a client that knows.</param>
    public static async Task<StubServer> StartAsync(Func<HttpContext, JsonElement, Task> answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        WebApplication app = builder.Build();
        app.MapPost("/v1/chat/completions", async context =>
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            await answer(context, body.RootElement);
        });
        app.MapGet("/v1/models", () => Results.Json(new { data = new[] { new { id = "stub" } } }));
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new StubServer(app) { Url = new Uri($"{address}/v1/") };
    }

    public static void BeginStream(HttpContext context) => context.Response.ContentType = "text/event-stream";

    /// <summary>Writes one event and sends it off.</summary>
    public static async Task WriteAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public static string Text(string text) => $$$"""{"choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""";

    /// <summary>Usage and the end of the stream.</summary>
    public static string End(int promptTokens, int completionTokens) =>
        $$$"""{"choices":[],"usage":{"prompt_tokens":{{{promptTokens}}},"completion_tokens":{{{completionTokens}}},"total_tokens":{{{promptTokens + completionTokens}}}}}""" + "\n\ndata: [DONE]";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
