using System.Net;

namespace InferServe.IntegrationTests.Gateway;

/// <summary>Workers that another gateway runs; its surface is that of a worker.</summary>
public sealed class RemoteWorkerTests
{
    [Fact]
    public async Task NameWithSeveralAddresses_ThoseThatAnswerServe()
    {
        using var models = new ModelsFolder("alpha");
        await using var far = await GatewayProcess.StartAsync(models.Arguments());
        await far.WaitUntilReadyAsync();
        using var nearModels = new ModelsFolder("beta");

        // localhost stands for 127.0.0.1 and, where there is one, for ::1, at which nobody listens.
        nearModels.Write(new { models = new[] { new { name = "alpha", workers = new[] { $"http://localhost:{far.Client.BaseAddress!.Port}" } } } });
        await using var near = await GatewayProcess.StartAsync(nearModels.Arguments("--Routing:HealthSeconds=0.2"));
        await near.WaitUntilReadyAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            using var response = await near.PostAsync("""{"model":"alpha"}""");
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Empty(near.WorkerIds());
        far.Terminate();
        await far.WaitForExitAsync();
        await near.WaitUntilAsync(async () => (await near.ModelHealthAsync("alpha")).GetProperty("state").GetString() == "unreachable");
        using var lost = await near.PostAsync("""{"model":"alpha"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        Assert.NotNull(lost.Headers.RetryAfter);
        Assert.Equal(0, await near.MetricAsync($"inferserve_worker_up{{model=\"alpha\",worker=\"127.0.0.1:{far.Client.BaseAddress.Port}\"}} "));
    }
}
