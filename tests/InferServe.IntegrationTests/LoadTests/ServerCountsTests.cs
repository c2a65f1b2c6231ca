using System.Globalization;
using InferServe.IntegrationTests.Serving;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Workload;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>The load generator and the server count the same work.</summary>
public sealed class ServerCountsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Requests = 24;
    private const int Aborted = 8;
    private const int LongAnswer = 1900;

    [Fact]
    public async Task Run_RealServer_CountsAndTimesAgreeWithItsMetrics()
    {
        Scenario scenario = Runs.Scenario($$"""{ "concurrency": 4, "requests": {{Requests}} }""", "\"body\": { \"temperature\": 0.8, \"seed\": 4 }");
        var url = new Uri(server.Gateway.Client.BaseAddress!, "/v1/");
        Dictionary<string, double> before = await MetricsAsync();

        RunResult run = await Runs.RunAsync(scenario, url, TimeProvider.System, ServerFixture.Model);

        Dictionary<string, double> after = await MetricsAsync();
        Assert.All(run.Records, record => Assert.Equal(RequestOutcome.Completed, record.Outcome));
        Assert.Equal(Requests, Change("inferserve_time_to_first_token_seconds_count"));
        Assert.Equal(run.Records.Sum(record => record.PromptTokens), Change("inferserve_prompt_tokens_total"));
        Assert.Equal(run.Records.Sum(record => record.CompletionTokens), Change("inferserve_generation_tokens_total"));

        // What the worker measures lies inside what the client measures.
        Assert.InRange(Change("inferserve_time_to_first_token_seconds_sum"), 1e-6, run.Records.Sum(record => record.TimeToFirstToken));
        Assert.InRange(Change("inferserve_request_duration_seconds_sum"), 1e-6, run.Records.Sum(record => record.EndToEnd));

        double Change(string name) => after[name] - before.GetValueOrDefault(name);
    }

    [Fact]
    public async Task Run_ClientsGoAway_ServerStopsWorkingForThem()
    {
        Scenario scenario = Runs.Scenario(
            $$"""{ "concurrency": 2, "requests": {{Aborted}} }""",
            "\"aborts\": { \"probability\": 1, \"afterTokens\": 1 }, \"body\": { \"temperature\": 2, \"seed\": 4 }");
        scenario = scenario with { Output = new OutputShape(Distribution.Constant(LongAnswer), LongAnswer, IgnoreEos: true) };

        double cancelledBefore = await server.Gateway.EndedAsync("cancelled");
        RunResult run = await Runs.RunAsync(scenario, new Uri(server.Gateway.Client.BaseAddress!, "/v1/"), TimeProvider.System, ServerFixture.Model);

        Assert.All(run.Records, record => Assert.Equal(RequestOutcome.Aborted, record.Outcome));
        await server.Gateway.WaitUntilAsync(async () =>
        {
            Dictionary<string, double> after = await MetricsAsync();
            return after["inferserve_requests_running"] + after["inferserve_requests_waiting"] == 0;
        });

        // The server has learnt of it before it had made all of the answers. On a busy machine it may learn of some too late.
        double cancelled = await server.Gateway.EndedAsync("cancelled") - cancelledBefore;
        Assert.InRange(cancelled, Aborted / 4, Aborted);
    }

    /// <summary>The server's metrics by name, summed over their labels.</summary>
    private async Task<Dictionary<string, double>> MetricsAsync()
    {
        string text = await server.Gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n').Where(line => line.StartsWith("inferserve_", StringComparison.Ordinal)))
        {
            string name = line[..line.IndexOfAny(['{', ' '])];
            metrics[name] = metrics.GetValueOrDefault(name) + double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }

        return metrics;
    }
}
