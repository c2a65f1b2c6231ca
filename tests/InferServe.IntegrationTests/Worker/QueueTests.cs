using System.Net;

namespace InferServe.IntegrationTests.Worker;

public sealed class QueueTests
{
    [Fact]
    public async Task Chat_QueueFull_Is429WithRetryAfterAndTheOthersGoOn()
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync("--Worker:MaxSequences=1", $"--Worker:QueueLimit={Requests.Answers}");
        using var running = new EventStream(await worker.PostAsync(Requests.Long, "/v1/completions"));
        await running.NextAsync();
        var waiting = worker.PostAsync(Requests.Short, "/v1/completions");
        await worker.WaitForArrivalsAsync(Requests.Answers + 1);

        // As many answers as the long stream has find no room until nearly all of those have ended.
        using var refused = await worker.PostAsync(Requests.Chat("Hi", $",\"n\":{Requests.Answers}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("queue_full", WorkerUnderTest.ErrorOf(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        Assert.Equal("[DONE]", (await running.RestAsync())[^1]);
        using var next = new EventStream(await waiting);
        Assert.Equal("[DONE]", (await next.RestAsync())[^1]);
        Assert.Equal(1, await worker.MetricAsync("rejected_total", "queue_full"));
    }
}
