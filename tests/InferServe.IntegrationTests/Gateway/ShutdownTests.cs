namespace InferServe.IntegrationTests.Gateway;

/// <summary>However the gateway ends, nothing of it remains.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Terminate_RunningRequest_FinishesThenNothingRemains()
    {
        using var models = new ModelsFolder(("alpha", 2));
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitForWorkersAsync("alpha", 2);
        var workers = gateway.WorkerIds();
        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"stream events=150"}""");

        gateway.Terminate();

        Assert.EndsWith("data: {\"index\":149}\n\ndata: [DONE]\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.WaitForExitAsync());
        Assert.Equal(2, workers.Count);
        Assert.All(workers, worker => Assert.False(GatewayProcess.IsRunning(worker)));
        Assert.Empty(SocketDirectories(gateway.Id));
    }

    [Fact]
    public async Task Terminate_RequestLongerThanTheDrain_EndsWithAnErrorEvent()
    {
        using var models = new ModelsFolder("alpha");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Gateway:DrainSeconds=1"));
        await gateway.WaitUntilReadyAsync();
        var workers = gateway.WorkerIds();
        using var response = await gateway.PostAsync("""{"model":"alpha","prompt":"stream endless"}""");

        gateway.Terminate();

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("server_shutting_down", events[^1], StringComparison.Ordinal);
        Assert.Equal(0, await gateway.WaitForExitAsync());
        Assert.All(workers, worker => Assert.False(GatewayProcess.IsRunning(worker)));
    }

    [Fact]
    public async Task Terminate_WorkerThatDoesNotEnd_IsKilled()
    {
        using var models = new ModelsFolder("alpha");
        models.Put("alpha", "stubborn");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments("--Supervision:StopSeconds=0.5"));
        await gateway.WaitUntilReadyAsync();
        var worker = Assert.Single(gateway.WorkerIds());

        gateway.Terminate();

        Assert.Equal(0, await gateway.WaitForExitAsync());
        Assert.False(GatewayProcess.IsRunning(worker));
    }

    [Fact]
    public async Task Kill_Gateway_LeavesNoWorker()
    {
        using var models = new ModelsFolder("alpha", "beta");
        await using var gateway = await GatewayProcess.StartAsync(models.Arguments());
        await gateway.WaitUntilReadyAsync();
        var workers = gateway.WorkerIds();
        Assert.Equal(2, workers.Count);

        gateway.Kill();

        await gateway.WaitForExitAsync();
        await gateway.WaitUntilAsync(() => Task.FromResult(!workers.Any(GatewayProcess.IsRunning)));
    }

    private static string[] SocketDirectories(int processId) => Directory.GetDirectories(Path.GetTempPath(), $"inferserve-{processId}-*");
}
