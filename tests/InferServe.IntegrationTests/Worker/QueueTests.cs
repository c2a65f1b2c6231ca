using System.Net;

namespace InferServe.IntegrationTests.Worker;

public sealed class QueueTests
{
    [Fact]
    public async Task Chat_QueueFull_Is429WithRetryAfterAndTheOthersGoOn()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:MaxSequences=1", "--Worker:QueueLimit=1");
        using var running = new EventStream(await worker.PostAsync(Requests.Long, "/v1/completions"));
        await running.NextAsync();
        var waiting = worker.PostAsync(Requests.Long, "/v1/completions");
        await worker.WaitUntilAsync(async () => await worker.MetricAsync("requests_waiting") == 1);

        using var refused = await worker.PostAsync(Requests.Chat("Hi"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("queue_full", WorkerUnderTest.ErrorOf(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        Assert.Equal("[DONE]", (await running.RestAsync())[^1]);
        using var next = new EventStream(await waiting);
        Assert.Equal("[DONE]", (await next.RestAsync())[^1]);
        Assert.Equal(1, await worker.MetricAsync("rejected_total", "queue_full"));
    }
}
