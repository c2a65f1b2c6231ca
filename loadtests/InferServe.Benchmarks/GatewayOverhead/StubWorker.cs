using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InferServe.Benchmarks.GatewayOverhead;

/// <summary>
/// A worker without a model: it takes a worker's settings and answers at once, so that what is measured is the way to it. Ends with its standard input.
/// </summary>
internal static class StubWorker
{
    /// <summary>Events of a stream.</summary>
    public const int Events = 32;

    private const string Chunk =
        """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}""" + "\n\n";

    private static readonly byte[] Event = Encoding.UTF8.GetBytes(Chunk);

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"stub","choices":[{"index":0,"message":{"role":"assistant","content":"A short answer of a worker that does not think."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":11,"total_tokens":23}}""");

    /// <param name="arguments">A worker's settings: <c>--Worker:Socket</c>, or <c>--urls</c> to listen on the network.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        if (builder.Configuration["Worker:Socket"] is { } socket)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        }

        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await ChildServer.RunUntilInputEndsAsync(app);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        if (!body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        for (int index = 0; index < Events; index++)
        {
            await context.Response.Body.WriteAsync(Event, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), context.RequestAborted);
    }
}
