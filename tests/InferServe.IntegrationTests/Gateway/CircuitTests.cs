using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>A worker lives and says that it is well, but loses what it is asked.</summary>
public sealed class CircuitTests
{
    /// <summary>Longer than a busy machine takes for some dozens of requests.</summary>
    private const double LongSeconds = 15;

    private const double ShortSeconds = 1;

    [Fact]
    public async Task WorkerThatLosesRequests_GetsNoneForAWhile_AndThenAgain()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(Settings(LongSeconds)));
        await gateway.WaitForWorkersAsync("alpha", 2);
        var victim = gateway.WorkerIds()[0];
        models.Put("alpha", "lose", $"{victim}");

        // Requests spread over both workers until the third loss; the other worker answers what this one lost.
        long opened = 0;
        while (await LostAsync(gateway) < 3)
        {
            opened = Stopwatch.GetTimestamp();
            await AssertAnsweredByAnotherAsync(gateway, victim, count: 2);
        }

        await AssertAnsweredByAnotherAsync(gateway, victim, count: 32);
        Assert.Equal(3, await LostAsync(gateway));
        Assert.Contains("lost several requests in a row", gateway.Output, StringComparison.Ordinal);

        models.Remove("alpha", "lose");
        await gateway.WaitUntilAsync(async () => (await WorkersOfAsync(gateway, count: 4)).Contains(victim));
        Assert.True(Stopwatch.GetElapsedTime(opened).TotalSeconds > LongSeconds);
        Assert.Equal(3, await LostAsync(gateway));
    }

    [Fact]
    public async Task WorkerThatGoesOnLosing_IsPutAsideAfterOneMoreLoss_ForLonger()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(Settings(ShortSeconds)));
        await gateway.WaitForWorkersAsync("alpha", 2);
        var victim = gateway.WorkerIds()[0];
        models.Put("alpha", "lose", $"{victim}");

        long again = 0;
        await gateway.WaitUntilAsync(() =>
        {
            again = Stopwatch.GetTimestamp();
            return LostReachesAsync(gateway, victim, 4);
        });
        await gateway.WaitUntilAsync(() => LostReachesAsync(gateway, victim, 5));

        Assert.True(Stopwatch.GetElapsedTime(again).TotalSeconds > 2 * ShortSeconds);
    }

    [Fact]
    public async Task OnlyWorkerLosesRequests_TheyAreRefusedWithoutAskingIt()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(Settings(LongSeconds)));
        await gateway.WaitForWorkersAsync("alpha", 1);
        models.Put("alpha", "lose", $"{gateway.WorkerIds().Single()}");

        for (var request = 0; request < 3; request++)
        {
            using var lost = await gateway.PostAsync("""{"model":"alpha"}""");
            Assert.Equal(HttpStatusCode.BadGateway, lost.StatusCode);
        }

        using var refused = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, LongSeconds);
        Assert.Contains("has lost several requests in a row", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        models.Remove("alpha", "lose");
        await gateway.WaitUntilAsync(async () =>
        {
            using var answer = await gateway.PostAsync("""{"model":"alpha"}""");
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    private static string[] Settings(double seconds) => ["--Routing:CircuitFailures=3", $"--Routing:CircuitSeconds={seconds}"];

    private static async Task<bool> LostReachesAsync(GatewayProcess gateway, int victim, int count)
    {
        await AssertAnsweredByAnotherAsync(gateway, victim, count: 2);
        return await LostAsync(gateway) >= count;
    }

    private static async Task AssertAnsweredByAnotherAsync(GatewayProcess gateway, int victim, int count)
        => Assert.DoesNotContain(victim, await WorkersOfAsync(gateway, count));

    private static async Task<int[]> WorkersOfAsync(GatewayProcess gateway, int count)
        => await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using var response = await gateway.PostAsync("""{"model":"alpha"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("pid").GetInt32();
        }));

    private static Task<double> LostAsync(GatewayProcess gateway)
        => gateway.MetricAsync("inferserve_routing_retries_total{model=\"alpha\",reason=\"lost\"} ");
}
