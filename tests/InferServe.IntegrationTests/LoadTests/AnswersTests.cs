using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Workload;
using Microsoft.AspNetCore.Http;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>What servers may do to a client, and the name under which it is counted.</summary>
public sealed class AnswersTests
{
    private const string One = """{ "concurrency": 1, "requests": 1 }""";

    [Theory]
    [InlineData("whole", null)]
    [InlineData("429", "http 429 queue_full")]
    [InlineData("500", "http 500")]
    [InlineData("error chunk", "stream error worker_lost")]
    [InlineData("no end", ErrorNames.MissingDone)]
    [InlineData("no usage", "wrong usage: none")]
    [InlineData("wrong usage", "wrong usage: fewer tokens than chunks")]
    [InlineData("bad chunk", ErrorNames.BadChunk)]
    [InlineData("cut", ErrorNames.ConnectionLost)]
    [InlineData("silence", ErrorNames.Timeout)]
    public async Task Run_Answer_CountedAsWhatItIs(string behaviour, string? error)
    {
        await using StubServer server = await StubServer.StartAsync(AnswerAsync);
        Scenario scenario = Runs.Scenario(One, behaviour == "silence" ? "\"timeoutSeconds\": 0.2" : "");

        RequestRecord record = (await Runs.RunAsync(scenario, server.Url, TimeProvider.System, behaviour)).Records.Single();

        Assert.Equal(error, record.Error);
        Assert.Equal(error is null ? RequestOutcome.Completed : RequestOutcome.Failed, record.Outcome);
        Assert.Equal(behaviour == "429", record.HasRetryAfter);
    }

    [Fact]
    public async Task Run_NobodyListens_CountedAsConnect()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/v1/");

        RunResult run = await Runs.RunAsync(Runs.Scenario(One), url, TimeProvider.System);

        Assert.Equal(ErrorNames.Connect, run.Records.Single().Error);
    }

    [Theory]
    [InlineData("""{ "probability": 1, "afterTokens": 2 }""", 2)]
    [InlineData("""{ "probability": 1, "afterSeconds": 0.2 }""", 0)]
    public async Task Run_ClientGoesAway_ServerSeesItAndItIsNoError(string aborts, int leastTokens)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            context.RequestAborted.Register(gone.SetResult);
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("a"));
            await StubServer.WriteAsync(context, StubServer.Text("b"));
            await gone.Task;
        });

        RunResult run = await Runs.RunAsync(Runs.Scenario(One, $"\"aborts\": {aborts}"), server.Url, TimeProvider.System);

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(90));
        RequestRecord record = run.Records.Single();
        Assert.Equal(RequestOutcome.Aborted, record.Outcome);
        Assert.True(record.CompletionTokens >= leastTokens);
    }

    [Fact]
    public async Task Run_Conversation_HistoryHoldsTheServersAnswers()
    {
        var histories = new List<string>();
        await using StubServer server = await StubServer.StartAsync(async (context, body) =>
        {
            JsonElement[] messages = [.. body.GetProperty("messages").EnumerateArray()];
            histories.Add(string.Join(' ', messages.Select(message => message.GetProperty("role").GetString() == "assistant" ? message.GetProperty("content").GetString() : "user")));
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text($"answer{histories.Count}"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });
        Scenario scenario = Runs.Scenario(One) with
        {
            Prompts = new ChatPrompts(Distribution.Constant(3), 0, Distribution.Constant(4), Distribution.Constant(0)),
        };

        await Runs.RunAsync(scenario, server.Url, TimeProvider.System);

        Assert.Equal(["user", "user answer1 user", "user answer1 user answer2 user"], histories);
    }

    private static async Task AnswerAsync(HttpContext context, JsonElement body)
    {
        string behaviour = body.GetProperty("model").GetString()!;
        if (behaviour is "429" or "500")
        {
            context.Response.StatusCode = int.Parse(behaviour, System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = behaviour == "429" ? "1" : default(string);
            await context.Response.WriteAsync(behaviour == "429" ? """{"error":{"code":"queue_full"}}""" : "not JSON");
            return;
        }

        StubServer.BeginStream(context);
        await StubServer.WriteAsync(context, StubServer.Text("a"));
        await StubServer.WriteAsync(context, StubServer.Text("b"));
        switch (behaviour)
        {
            case "error chunk":
                await StubServer.WriteAsync(context, """{"error":{"message":"m","code":"worker_lost"}}""");
                break;
            case "no end":
                break;
            case "no usage":
                await StubServer.WriteAsync(context, "[DONE]");
                break;
            case "wrong usage":
                await StubServer.WriteAsync(context, StubServer.End(4, 1));
                break;
            case "bad chunk":
                await StubServer.WriteAsync(context, "{");
                break;
            case "cut":
                context.Abort();
                break;
            case "silence":
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                await StubServer.WriteAsync(context, StubServer.End(4, 2));
                break;
        }
    }
}
