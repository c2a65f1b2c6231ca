using System.Diagnostics;
using System.Net;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Models that requests load, and that go when they are idle or others need their memory.</summary>
public sealed class OnDemandTests
{
    private const long Expected = 400L << 20;

    private static readonly string[] Models = ["alpha", "beta", "gamma"];

    [Fact]
    public async Task FirstRequest_LoadsTheModel_IdlenessUnloadsIt()
    {
        using var models = new ModelsFolder("alpha");
        models.Write(new { models = new[] { new { name = "alpha", path = "alpha", load = "onDemand", idleUnloadSeconds = 1 } } });
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        Assert.Empty(gateway.WorkerIds());
        Assert.Equal("unloaded", (await gateway.ModelHealthAsync("alpha")).GetProperty("state").GetString());

        using var response = await gateway.PostAsync("""{"model":"alpha"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 0));
        using var again = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task MemoryBudget_LeastRecentlyUsedModelMakesRoom()
    {
        using var models = new ModelsFolder(Models);
        var entries = Models.Select(name => new { name, path = name, load = "onDemand", memoryBytes = Expected });
        models.Write(new { memoryBytes = Expected + (10L << 20), models = entries });
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);

        foreach (var model in new[] { "alpha", "beta", "alpha", "gamma" })
        {
            using var response = await gateway.PostAsync($$"""{"model":"{{model}}"}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var loaded = (await admin.StatusAsync()).GetProperty("models").EnumerateArray()
                .Where(entry => entry.GetProperty("ready_workers").GetInt32() > 0).Select(entry => entry.GetProperty("name").GetString());
            Assert.Equal([model], loaded);
        }
    }

    [Fact]
    public async Task ModelsThatDoNotFitTogether_AskedForAtOnce_TakeTurnsAndNoRequestFails()
    {
        using var models = new ModelsFolder(Models);
        var entries = Models.Select(name => new { name, path = name, load = "onDemand", memoryBytes = Expected });
        models.Write(new { memoryBytes = Expected + (10L << 20), models = entries });
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());

        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(async client =>
        {
            var answers = new List<HttpStatusCode>();
            foreach (var turn in Enumerable.Range(0, 2))
            {
                using var response = await gateway.PostAsync($$"""{"model":"{{Models[(client + turn) % Models.Length]}}","prompt":"pause=50"}""");
                answers.Add(response.StatusCode);
            }

            return answers;
        }));

        Assert.All(statuses.SelectMany(answers => answers), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task MemoryBudget_TooSmallForTheModel_IsSaid()
    {
        using var models = new ModelsFolder("alpha", "beta");
        models.Write(new
        {
            memoryBytes = Expected,
            models = new object[] { new { name = "alpha", path = "alpha" }, new { name = "beta", path = "beta", load = "onDemand", memoryBytes = Expected } },
        });

        // Who waits out this time fails the test: a refusal is an answer.
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Routing:LoadingWaitSeconds=3600"));
        await gateway.WaitUntilReadyAsync();

        for (var request = 1; request <= 2; request++)
        {
            using var response = await gateway.PostAsync("""{"model":"beta"}""");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains($"is not loaded: it needs about {Expected} bytes, more than the memory budget of {Expected} bytes leaves",
                await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        gateway.Terminate();
        await gateway.WaitForExitAsync();
        Assert.InRange(gateway.Output.Split("beta cannot be loaded").Length - 1, 1, 2);
    }

    [Fact]
    public async Task MemoryBudget_ModelThatFailed_MakesRoomAndIsTriedAgainWhenAskedFor()
    {
        using var models = new ModelsFolder("alpha", "beta");
        var entries = Models[..2].Select(name => new { name, path = name, load = "onDemand", memoryBytes = Expected });
        models.Write(new { memoryBytes = Expected + (10L << 20), models = entries });
        models.Put("alpha", "refuse.txt", "no such graph");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:FailedAfter=2", "--Routing:LoadingWaitSeconds=60"));
        using var failed = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Contains("has failed: its worker exited with code 3: no such graph", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var other = await gateway.PostAsync("""{"model":"beta"}""");

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal("unloaded", (await gateway.ModelHealthAsync("alpha")).GetProperty("state").GetString());
        models.Remove("alpha", "refuse.txt");
        using var mended = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
    }

    [Fact]
    public async Task LoadingTakesLongerThanTheIdleTime_ModelIsThereWhenItIsLoaded()
    {
        using var models = new ModelsFolder("alpha");
        models.Write(new { models = new[] { new { name = "alpha", path = "alpha", load = "onDemand", idleUnloadSeconds = 3 } } });
        models.Put("alpha", "loading");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        Assert.Equal(202, (await admin.PostAsync("/admin/models/alpha/load")).Status);
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 1));
        var started = Stopwatch.GetTimestamp();
        await gateway.WaitUntilAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(started).TotalSeconds > 4));

        models.Remove("alpha", "loading");

        await gateway.WaitForWorkersAsync("alpha", 1);
        await gateway.WaitForOutputAsync("alpha had no request for 3 s and is unloaded");
    }

    [Fact]
    public async Task ModelLoads_RequestsWaitUpToTheLimitAndTheRestIsToldWhenToComeBack()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "loading");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Routing:LoadingQueueLimit=4"));
        var waiting = Enumerable.Range(0, 4).Select(_ => gateway.PostAsync("""{"model":"alpha"}""")).ToList();
        await gateway.WaitUntilAsync(async () => (await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
            .Contains("inferserve_loading_requests_waiting{model=\"alpha\"} 4\n", StringComparison.Ordinal));

        using var refused = await gateway.PostAsync("""{"model":"alpha"}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.All(waiting, request => Assert.False(request.IsCompleted));
        models.Remove("alpha", "loading");
        foreach (var response in await Task.WhenAll(waiting))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }
    }

    [Fact]
    public async Task Terminate_RequestsThatWaitForTheirModel_AreToldAtOnce()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "loading");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:StopSeconds=2"));
        var waiting = gateway.PostAsync("""{"model":"alpha"}""");
        await gateway.WaitUntilAsync(async () => (await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)))
            .Contains("inferserve_loading_requests_waiting{model=\"alpha\"} 1\n", StringComparison.Ordinal));

        gateway.Terminate();

        using var response = await waiting;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("server_shutting_down", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.WaitForExitAsync());
    }

    [Fact]
    public async Task Administration_UnloadsAndLoads()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments(AdminClient.Arguments));
        using var admin = await AdminClient.ConnectAsync(gateway);
        await gateway.WaitUntilReadyAsync();

        Assert.Equal(202, (await admin.PostAsync("/admin/models/alpha/unload")).Status);
        await gateway.WaitUntilAsync(() => Task.FromResult(gateway.WorkerIds().Count == 0));
        using (var refused = await gateway.PostAsync("""{"model":"alpha"}"""))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("unloaded by the server's operator", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(202, (await admin.PostAsync("/admin/models/alpha/load")).Status);
        using var response = await gateway.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(404, (await admin.PostAsync("/admin/models/gone/load")).Status);
    }
}
