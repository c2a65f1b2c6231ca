using System.Diagnostics;
using System.Net;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>What happens to clients and workers when workers misbehave.</summary>
public sealed class SupervisionTests
{
    [Fact]
    public async Task WorkerKilled_ComesBackAndIsCounted()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var first = Assert.Single(gateway.WorkerIds());

        using (var worker = Process.GetProcessById(first))
        {
            worker.Kill();
        }

        await gateway.WaitUntilAsync(async () =>
        {
            using var response = await gateway.PostAsync("""{"model":"alpha"}""");
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable });
            return response.StatusCode == HttpStatusCode.OK;
        });
        Assert.NotEqual(first, Assert.Single(gateway.WorkerIds()));
        var metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("inferserve_worker_restarts_total{model=\"alpha\",worker=\"alpha-0\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerDiesBeforeTheFirstByte_ClientSeesAnErrorAndOtherModelsGoOn()
    {
        using var models = new ModelsFolder("alpha", "beta");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"die-at-once"}""");
        using var other = await gateway.PostAsync("""{"model":"beta"}""");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("\"code\":\"model_unavailable\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task WorkerDiesInAStream_StreamEndsWithAnErrorEventAndWithoutDone()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();

        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"stream die-midway"}""");
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["data: {\"index\":0}", "data: {\"index\":1}"], events[..^1]);
        Assert.StartsWith("data: {\"error\":{\"message\":", events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkerRefusesToStart_ModelFailsWithTheReasonAndLaterRecovers()
    {
        using var models = new ModelsFolder("alpha", "beta");
        models.Put("alpha", "refuse.txt", "The folder holds no model.");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:FailedAfter=2", "--Supervision:FailedRetrySeconds=0.5"));
        await gateway.WaitUntilAsync(async () => (await gateway.ModelHealthAsync("alpha")).GetProperty("state").GetString() == "failed");

        using var response = await gateway.PostAsync("""{"model":"alpha"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("exited with code 3: The folder holds no model.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await gateway.WaitUntilAsync(async () => (await gateway.ModelHealthAsync("beta")).GetProperty("state").GetString() == "ready");
        models.Remove("alpha", "refuse.txt");
        await gateway.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task RealWorker_FolderWithoutAModel_FailsWithTheWorkersReason()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync([$"--Models={models.ModelsFile}", "--Supervision:FailedAfter=1"]);

        await gateway.WaitUntilAsync(async () => (await gateway.ModelHealthAsync("alpha")).GetProperty("state").GetString() == "failed");

        var reason = (await gateway.ModelHealthAsync("alpha")).GetProperty("reason").GetString();
        Assert.Contains("exited with code 3", reason, StringComparison.Ordinal);
        Assert.Contains("genai_config.json", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelStillLoadingAndNoQueue_RequestsAreToldToRetry()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "loading");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Routing:LoadingQueueLimit=0"));

        using var response = await gateway.PostAsync("""{"model":"alpha"}""");
        using var ready = await gateway.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var live = await gateway.Client.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("is loading", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        models.Remove("alpha", "loading");
        await gateway.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task WorkerHangs_IsKilledAndReplaced()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(
            models.Arguments("--Supervision:ProbeTimeoutSeconds=1", "--Supervision:LivenessFailures=2"));
        await gateway.WaitUntilReadyAsync();
        var hung = Assert.Single(gateway.WorkerIds());

        models.Put("alpha", "hang", $"{hung}");

        await gateway.WaitUntilAsync(() => Task.FromResult(!GatewayProcess.IsRunning(hung)));
        await gateway.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task WorkerFrozen_IsTakenOutAndReplaced()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:ProbeTimeoutSeconds=1", "--Supervision:LivenessFailures=2"));
        await gateway.WaitForWorkersAsync("alpha", 2);
        var frozen = gateway.WorkerIds()[0];

        Signals.Send("STOP", frozen);

        // Those that the frozen worker got are answered by the other once it is given up.
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await gateway.PostAsync("""{"model":"alpha"}""");
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.DoesNotContain(answers, answer => answer.Body.Contains($"\"pid\":{frozen},", StringComparison.Ordinal));
        await gateway.WaitUntilAsync(() => Task.FromResult(!GatewayProcess.IsRunning(frozen)));
        await gateway.WaitForWorkersAsync("alpha", 2);
    }

    [Fact]
    public async Task WorkerOverItsMemoryLimit_IsReplacedWhenAnotherIsReady()
    {
        using var models = new ModelsFolder("alpha");
        models.Write(new { models = new[] { new { name = "alpha", path = "alpha", memoryLimitBytes = 400L << 20 } } });
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var first = Assert.Single(gateway.WorkerIds());

        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"take-memory"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await gateway.WaitUntilAsync(async () =>
        {
            // At no time is there nobody to answer.
            using var other = await gateway.PostAsync("""{"model":"alpha"}""");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            return !GatewayProcess.IsRunning(first);
        });
        await gateway.WaitForOutputAsync("more than its limit of");
    }
}
