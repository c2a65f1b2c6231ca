using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Scenarios;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>
/// A server that works on one request at a time and takes at least 20 ms for each, asked at twice the rate that it can bear. Bounds are lower
/// bounds, which hold on a machine of any speed.
/// </summary>
public sealed class OverloadTests
{
    private const double ServiceSeconds = 0.02;
    private const int Requests = 100;

    [Fact]
    public async Task Run_OpenLoopAboveCapacity_LatencyGrowsAndClosedLoopHidesIt()
    {
        using var turn = new SemaphoreSlim(1);
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            await turn.WaitAsync();
            await Task.Delay(TimeSpan.FromSeconds(ServiceSeconds));
            turn.Release();
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("x"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });
        Scenario open = Runs.Scenario($$"""{ "arrivals": { "process": "constant", "rate": {{2 / ServiceSeconds}} }, "durationSeconds": {{Requests * ServiceSeconds / 2 - 0.001}} }""");
        Scenario closed = Runs.Scenario("""{ "concurrency": 1, "requests": 40 }""");

        RunResult flood = await Runs.RunAsync(open, server.Url, TimeProvider.System);
        RunResult polite = await Runs.RunAsync(closed, server.Url, TimeProvider.System);

        RunSummary queueing = Runs.Summarize(open, flood);
        RunSummary hidden = Runs.Summarize(closed, polite);
        Assert.Equal((Requests, 40), (queueing.Completed, hidden.Completed));

        // Each request adds 20 ms of work and comes 10 ms after the one before it.
        double growth = (Requests - 1) * ServiceSeconds / 2;
        double first = flood.Records[0].EndToEnd, longest = flood.Records.Max(record => record.EndToEnd);
        Assert.True(longest - first > 0.8 * growth, $"first {first} s, longest {longest} s");
        Assert.True(queueing.EndToEnd.P50 > 3 * hidden.EndToEnd.P50, $"open {queueing.EndToEnd.P50} ms, closed {hidden.EndToEnd.P50} ms");
    }

    [Fact]
    public async Task Run_OpenLoop_SendsAllAtTheirTimesWithoutWaitingForAnswers()
    {
        int begun = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            if (Interlocked.Increment(ref begun) == Requests)
            {
                all.SetResult();
            }

            // Nobody is answered before the last has come.
            await all.Task;
            StubServer.BeginStream(context);
            await StubServer.WriteAsync(context, StubServer.Text("x"));
            await StubServer.WriteAsync(context, StubServer.End(1, 1));
        });
        Scenario scenario = Runs.Scenario($$"""{ "arrivals": { "process": "constant", "rate": 100 }, "durationSeconds": {{Requests / 100.0 - 0.001}} }""");

        RunResult run = await Runs.RunAsync(scenario, server.Url, TimeProvider.System);

        Assert.Equal(Requests, Runs.Summarize(scenario, run).Completed);
        Assert.All(run.Records.Index(), record => Assert.Equal(record.Index / 100.0, record.Item.Planned, 9));
        Assert.All(run.Records, record => Assert.True(record.Lag >= 0));
    }
}
