using System.Collections.Concurrent;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>What goes over the wire, as the server sees it.</summary>
public sealed class ConnectionTests
{
    private const string Three = """{ "concurrency": 1, "requests": 3 }""";

    private readonly ConcurrentQueue<(string Connection, string Protocol, string? Key)> _seen = new();

    [Theory]
    [InlineData("", 1, "HTTP/1.1")]
    [InlineData("\"connection\": { \"reuse\": false }", 3, "HTTP/1.1")]
    [InlineData("\"connection\": { \"httpVersion\": \"2\" }", 1, "HTTP/2")]
    public async Task Run_ConnectionSettings_AreKept(string settings, int connections, string protocol)
    {
        HttpProtocols protocols = protocol == "HTTP/2" ? HttpProtocols.Http2 : HttpProtocols.Http1;
        await using StubServer server = await StubServer.StartAsync((context, _) => AnswerAsync(context), protocols);

        RunResult run = await Runs.RunAsync(Runs.Scenario(Three, settings), server.Url, TimeProvider.System);

        Assert.All(run.Records, record => Assert.Null(record.Error));
        Assert.Equal(connections, _seen.Select(request => request.Connection).Distinct().Count());
        Assert.All(_seen, request => Assert.Equal(protocol, request.Protocol));
    }

    [Fact]
    public async Task Run_SeveralKeys_TakenByTurns()
    {
        await using StubServer server = await StubServer.StartAsync((context, _) => AnswerAsync(context));
        Scenario scenario = Runs.Scenario(Three);
        using HttpClient http = HttpClients.Create(scenario.Connection);

        await Run(scenario, new ServerTarget(server.Url, ["one", "two"]), http).RunAsync(null, CancellationToken.None);

        Assert.Equal(["Bearer one", "Bearer two", "Bearer one"], _seen.Select(request => request.Key));
    }

    private static ScenarioRun Run(Scenario scenario, ServerTarget server, HttpClient http)
    {
        var scales = new Dictionary<string, TokenScale> { ["stub"] = TokenScale.Assumed };
        return new ScenarioRun(new RunSettings(scenario, server, [new WeightedModel("stub", 1)], 1, true), scales, http, TimeProvider.System);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Note(context);
        StubServer.BeginStream(context);
        await StubServer.WriteAsync(context, StubServer.Text("a"));
        await StubServer.WriteAsync(context, StubServer.End(1, 1));
    }

    private void Note(HttpContext context) => _seen.Enqueue((context.Connection.Id, context.Request.Protocol, context.Request.Headers.Authorization));
}
