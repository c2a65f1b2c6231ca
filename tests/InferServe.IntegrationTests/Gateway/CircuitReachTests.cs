using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Circuits beyond whole answers of own workers: streams, and workers on other machines.</summary>
public sealed class CircuitReachTests
{
    private const int CircuitFailures = 3;

    private static readonly string[] Aliases = ["away"];

    [Fact]
    public async Task WorkerThatBreaksStreamsOff_GetsNone()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments($"--Routing:CircuitFailures={CircuitFailures}", "--Routing:CircuitSeconds=600"));
        await gateway.WaitForWorkersAsync("alpha", 2);
        models.Put("alpha", "break", $"{gateway.WorkerIds()[0]}");

        var broken = 0;
        for (var pair = 0; pair < 20; pair++)
        {
            broken += (await Task.WhenAll(BreaksOffAsync(gateway), BreaksOffAsync(gateway))).Count(brokeOff => brokeOff);
        }

        // The one beside the last may be on its way already.
        Assert.InRange(broken, CircuitFailures, CircuitFailures + 1);
        Assert.Contains("Model alpha: worker alpha-", gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoteWorkerThatLosesRequests_GetsNoneForAWhile_AndThenAgain()
    {
        using var models = new ModelsFolder("first", "second");
        await using var first = await RemoteStandIn.StartAsync(Path.Combine(models.Root, "first"));
        await using var second = await RemoteStandIn.StartAsync(Path.Combine(models.Root, "second"));
        models.Write(new { models = new[] { new { name = "far", aliases = Aliases, workers = new[] { first.Address, second.Address } } } });
        await using var gateway = await GatewayProcess.StartAsync(
            models.Arguments($"--Routing:CircuitFailures={CircuitFailures}", "--Routing:CircuitSeconds=10", "--Routing:HealthSeconds=0.5"));
        await gateway.WaitUntilAsync(async () => (await AskAsync(gateway, 8)).Distinct().Count() == 2);

        models.Put("first", "lose", $"{first.Id}");
        await gateway.WaitUntilAsync(async () =>
        {
            await AskAsync(gateway, 2);
            return await LostAsync(gateway) >= CircuitFailures;
        });
        var lost = await LostAsync(gateway);
        Assert.All(await AskAsync(gateway, 16), worker => Assert.Equal(second.Id, worker));
        Assert.Equal(lost, await LostAsync(gateway));
        Assert.Contains("Model far: worker remote:", gateway.Output, StringComparison.Ordinal);

        models.Remove("first", "lose");
        await gateway.WaitUntilAsync(async () => (await AskAsync(gateway, 4)).Contains(first.Id));
        Assert.Equal(lost, await LostAsync(gateway));
    }

    [Fact]
    public async Task WorkerLostWithoutAnother_IsCountedAsRejected()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitForWorkersAsync("alpha", 1);
        models.Put("alpha", "lose", $"{gateway.WorkerIds().Single()}");

        using var lost = await gateway.PostAsync("""{"model":"alpha"}""");

        Assert.Equal(HttpStatusCode.BadGateway, lost.StatusCode);
        Assert.Equal(1, await gateway.MetricAsync("inferserve_rejected_total{reason=\"model_unavailable\"} "));
    }

    private static async Task<bool> BreaksOffAsync(GatewayProcess gateway)
    {
        // A prompt that no worker knows goes to any of them.
        using var response = await gateway.PostAsync($$"""{"model":"alpha","prompt":"{{Guid.NewGuid()}} stream"}""");
        return !(await response.Content.ReadAsStringAsync()).Contains("[DONE]", StringComparison.Ordinal);
    }

    /// <summary>Process ids of the workers that answered, by the model's alias.</summary>
    private static async Task<int[]> AskAsync(GatewayProcess gateway, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var response = await gateway.PostAsync("""{"model":"away"}""");
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return 0;
        }

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("far", body.RootElement.GetProperty("headers").GetProperty("x-inferserve-model").GetString());
        return body.RootElement.GetProperty("pid").GetInt32();
    }));

    private static Task<double> LostAsync(GatewayProcess gateway) => gateway.MetricAsync("inferserve_routing_retries_total{model=\"far\",reason=\"lost\"} ");
}
