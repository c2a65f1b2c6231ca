using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A worker dies under load.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task WorkerKilledUnder32Streams_OnlyItsStreamsBreakAndTheRestIsAnswered()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitForWorkersAsync("alpha", 2);
        var streams = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => BegunStream.OpenAsync(gateway)));
        var silent = Enumerable.Range(0, 16).Select(_ => AnswerAsync(gateway, "wait-for-release")).ToList();
        await gateway.WaitUntilAsync(async () => await gateway.MetricAsync("http_requests_in_progress{method=\"POST\"") >= 32 + 16);
        var victim = streams[0].Worker;
        Assert.Contains(streams, stream => stream.Worker != victim);

        Signals.Send("KILL", victim);

        // The dead worker's streams end by its death, before any other stream ends.
        foreach (var stream in streams.Where(stream => stream.Worker == victim))
        {
            var events = await stream.ReadToEndAsync();
            Assert.StartsWith("data: {\"error\":{\"message\":", events[^1], StringComparison.Ordinal);
            Assert.DoesNotContain("data: [DONE]", events);
            AssertInOrder(events[..^1]);
        }

        models.Put("alpha", "release");
        foreach (var stream in streams.Where(stream => stream.Worker != victim))
        {
            var events = await stream.ReadToEndAsync();
            Assert.Equal("data: [DONE]", events[^1]);
            Assert.Equal(BegunStream.Events, events.Count - 1);
            AssertInOrder(events[..^1]);
        }

        foreach (var (status, body) in await Task.WhenAll(silent))
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.NotEqual(victim, body.GetProperty("pid").GetInt32());
        }

        await gateway.WaitForWorkersAsync("alpha", 2);
        Assert.DoesNotContain(victim, gateway.WorkerIds());
        var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Matches("inferserve_routing_retries_total\\{model=\"alpha\",reason=\"lost\"\\} [1-9]", metrics);
    }

    [Fact]
    public async Task RequestThatKillsItsWorkers_IsGivenUpBeforeItHasTakenThemAll()
    {
        using var models = new ModelsFolder(("alpha", 3));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:RestartSeconds=30"));
        await gateway.WaitForWorkersAsync("alpha", 3);
        var before = gateway.WorkerIds();

        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"die-at-once"}""");
        var (status, _) = await AnswerAsync(gateway, "hello");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Single(before, GatewayProcess.IsRunning);
    }

    [Fact]
    public async Task PromptThatBeginsAlike_GoesToTheWorkerThatKnowsIt()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitForWorkersAsync("alpha", 2);

        for (var conversation = 0; conversation < 4; conversation++)
        {
            var history = $"conversation {conversation} " + new string('x', 2_000);
            var workers = new HashSet<int>();
            for (var turn = 0; turn < 6; turn++)
            {
                history += $" turn {turn}";
                workers.Add((await AnswerAsync(gateway, history)).Body.GetProperty("pid").GetInt32());
            }

            Assert.Single(workers);
        }

        var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("inferserve_routing_choices_total{reason=\"prefix\"} 20\n", metrics, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AnswerAsync(GatewayProcess gateway, string prompt)
    {
        using var response = await gateway.PostAsync(JsonSerializer.Serialize(new { model = "alpha", prompt }));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.Clone());
    }

    private static void AssertInOrder(IReadOnlyList<string> events)
        => Assert.Equal(Enumerable.Range(0, events.Count).Select(index => $"data: {{\"index\":{index}}}"), events);
}
