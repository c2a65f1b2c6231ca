using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Reporting;

/// <summary>What the files of one run are written from.</summary>
internal sealed record RunReport
{
    public required string Title { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required RunSettings Settings { get; init; }

    public required RunSummary Summary { get; init; }

    public required ClientHealth Client { get; init; }

    /// <summary>Why the numbers may speak of the load generator instead of the server; null when they do not.</summary>
    public required string? Doubt { get; init; }

    public required bool WasInterrupted { get; init; }

    public required IReadOnlyList<ObjectiveResult> Objectives { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    /// <summary>The 0th to 100th percentile of a latency in milliseconds, by its name; empty where there are no values.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Quantiles { get; init; }

    public bool MeetsObjectives => Objectives.All(objective => objective.IsMet);

    public static RunReport Create(RunSettings settings, RunResult run, DateTimeOffset time)
    {
        Scenario scenario = settings.Scenario;
        RunSummary summary = RunSummarizer.Summarize(run, scenario.RequestObjectives, scenario.ExpectedErrors);
        IReadOnlyDictionary<string, double> metrics = summary.Metrics();
        RequestRecord[] completed =
            [.. run.Records.Where(record => record.Outcome == RequestOutcome.Completed && run.Window.Contains(record.Planned))];
        return new RunReport
        {
            Title = scenario.Name,
            Time = time,
            Settings = settings,
            Summary = summary,
            Client = run.Client,
            Doubt = LagTrust.Doubt(summary, run.Client),
            WasInterrupted = run.WasInterrupted,
            Objectives = [.. scenario.Objectives.Select(objective => new ObjectiveResult(objective, metrics[objective.Metric]))],
            Timeline = Measuring.Timeline.Of(run.Records),
            Quantiles = new Dictionary<string, IReadOnlyList<double>>
            {
                ["ttft"] = QuantilesOf(completed.Select(record => record.TimeToFirstToken)),
                ["tpot"] = QuantilesOf(completed.Select(record => record.TimePerOutputToken)),
                ["e2e"] = QuantilesOf(completed.Select(record => record.EndToEnd)),
            },
        };
    }

    private static IReadOnlyList<double> QuantilesOf(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Where(value => !double.IsNaN(value)).Select(value => value * 1000).Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(0, 101).Select(percent => Percentiles.OfSorted(sorted, percent))];
    }
}
