using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Scenarios;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>A server whose delays are known: what the load generator reports must be what they are.</summary>
public sealed class KnownDelaysTests
{
    private const int Requests = 200;

    [Fact]
    public async Task Run_KnownDelays_EveryReportedPercentileIsRight()
    {
        Delays[] schedule = Schedule();
        var time = new SteppedTime();
        int next = 0;
        await using StubServer server = await StubServer.StartAsync(async (context, _) =>
        {
            Delays delays = schedule[next++];
            StubServer.BeginStream(context);
            await time.StepAsync(delays.First, () => StubServer.WriteAsync(context, StubServer.Text("word ")));
            foreach (TimeSpan gap in delays.Gaps)
            {
                await time.StepAsync(gap, () => StubServer.WriteAsync(context, StubServer.Text("word ")));
            }

            await time.StepAsync(delays.Last, () => StubServer.WriteAsync(context, StubServer.End(10, delays.Tokens)));
        });
        Scenario scenario = Runs.Scenario($$"""{ "concurrency": 1, "requests": {{Requests}} }""");

        RunResult run = await Runs.RunAsync(scenario, server.Url, time);

        RunSummary summary = Runs.Summarize(scenario, run);
        Assert.Equal((Requests, 0), (summary.Completed, summary.Errors));
        AssertStats(schedule.Select(delays => delays.First), summary.TimeToFirstToken);
        AssertStats(schedule.SelectMany(delays => delays.Gaps), summary.InterTokenLatency);
        AssertStats(schedule.Select(delays => delays.EndToEnd), summary.EndToEnd);
        AssertStats(schedule.Where(delays => delays.Tokens > 1).Select(delays => (delays.EndToEnd - delays.First) / (delays.Tokens - 1)), summary.TimePerOutputToken);
        double seconds = schedule.Sum(delays => delays.EndToEnd.TotalSeconds);
        AssertNear(Requests / seconds, summary.RequestsPerSecond);
        AssertNear(schedule.Sum(delays => delays.Tokens) / seconds, summary.OutputTokensPerSecond);
        AssertNear(schedule.Sum(delays => delays.Tokens + 10) / seconds, summary.TotalTokensPerSecond);
    }

    /// <summary>Delays of all sizes, from a fraction of a millisecond to seconds.</summary>
    private static Delays[] Schedule()
    {
        var random = new Random(21);
        return
        [
            .. Enumerable.Range(0, Requests).Select(_ => new Delays(
                Draw(5, 4000), [.. Enumerable.Range(0, random.Next(12)).Select(_ => Draw(0.2, 300))], Draw(0.1, 20))),
        ];

        // The logarithm is uniform, so that percentiles lie far apart.
        TimeSpan Draw(double least, double most) => TimeSpan.FromMilliseconds(least * Math.Pow(most / least, random.NextDouble()));
    }

    private static void AssertStats(IEnumerable<TimeSpan> expected, LatencyStats actual)
    {
        double[] sorted = [.. expected.Select(value => value.TotalMilliseconds).Order()];
        Assert.Equal(sorted.Length, actual.Count);
        AssertNear(sorted.Average(), actual.Mean);
        AssertNear(At(0.50), actual.P50);
        AssertNear(At(0.90), actual.P90);
        AssertNear(At(0.95), actual.P95);
        AssertNear(At(0.99), actual.P99);
        AssertNear(sorted[^1], actual.Max);

        // The smallest value that so many of the values do not exceed.
        double At(double share) => sorted.First(value => sorted.Count(other => other <= value) >= share * sorted.Length);
    }

    /// <summary>Far within the 2 % that a user may rely on: what remains is the grain of the clock, a ten-thousandth of a millisecond.</summary>
    private static void AssertNear(double expected, double actual) => Assert.InRange(actual, expected * 0.999, expected * 1.001);

    private sealed record Delays(TimeSpan First, IReadOnlyList<TimeSpan> Gaps, TimeSpan Last)
    {
        public int Tokens => 1 + Gaps.Count;

        public TimeSpan EndToEnd => First + Gaps.Aggregate(TimeSpan.Zero, (sum, gap) => sum + gap) + Last;
    }
}
