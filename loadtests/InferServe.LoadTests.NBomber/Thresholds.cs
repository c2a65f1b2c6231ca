using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Reporting;
using NBomber.Contracts.Stats;

namespace InferServe.LoadTests.NBomber;

/// <summary>
/// Holds NBomber's final numbers against a scenario's objectives. NBomber's own thresholds came with version 5.6; checking its numbers works
/// with every version.
/// </summary>
internal static class Thresholds
{
    /// <summary>Writes a table of the objectives.</summary>
    /// <returns>Whether every objective that NBomber measures is met.</returns>
    public static bool Report(TextWriter output, Scenarios.Scenario scenario, NodeStats stats)
    {
        Dictionary<string, double> metrics = Metrics(stats.ScenarioStats[0], scenario.ExpectedErrors);
        bool isMet = true;
        output.WriteLine("| metric | asked | value | met |");
        output.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (Objective objective in scenario.Objectives)
        {
            bool isKnown = metrics.TryGetValue(objective.Metric, out double value);
            isMet &= !isKnown || objective.IsMet(value);
            string result = !isKnown ? "not measured by NBomber" : objective.IsMet(value) ? "yes" : "NO";
            output.WriteLine($"| {objective.Metric} | {RunTables.Asked(objective)} | {(isKnown ? ReportNumbers.Of(value) : "–")} | {result} |");
        }

        return isMet;
    }

    /// <summary>NBomber's numbers under the names of <see cref="MetricNames"/>.</summary>
    private static Dictionary<string, double> Metrics(ScenarioStats stats, IReadOnlyList<string> expectedErrors)
    {
        // The scenario's own counts; the totals beside them count steps as well.
        int failed = stats.Fail.Request.Count;
        double all = stats.Ok.Request.Count + failed;
        int refused = stats.Fail.StatusCodes.Where(code => RunSummarizer.IsExpected(code.StatusCode, expectedErrors)).Sum(code => code.Count);
        var metrics = new Dictionary<string, double>
        {
            [MetricNames.RequestsPerSecond] = stats.Ok.Request.RPS,
            [MetricNames.Errors] = failed - refused,
            [MetricNames.ErrorRatio] = (failed - refused) / all,
            [MetricNames.RefusedRatio] = refused / all,
        };
        Add("e2e", stats.Ok);
        if (stats.StepStats.FirstOrDefault(step => step.StepName == NBomberRun.FirstTextStep) is { } first)
        {
            Add("ttft", first.Ok);
        }

        return metrics;

        void Add(string latency, MeasurementStats measured)
        {
            metrics[$"{latency}.mean"] = measured.Latency.MeanMs;
            metrics[$"{latency}.p50"] = measured.Latency.Percent50;
            metrics[$"{latency}.p95"] = measured.Latency.Percent95;
            metrics[$"{latency}.p99"] = measured.Latency.Percent99;
            metrics[$"{latency}.max"] = measured.Latency.MaxMs;
        }
    }
}
