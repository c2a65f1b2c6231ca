using System.Globalization;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Objectives;

namespace InferServe.LoadTests.Reporting;

/// <summary>The tables of a run's report.</summary>
internal static class RunTables
{
    public static IReadOnlyList<ReportTable> Of(RunReport report)
    {
        RunSummary summary = report.Summary;
        var tables = new List<ReportTable> { Rates(summary), Latencies(report) };
        if (summary.Classes.Count > 0)
        {
            tables.Add(Classes(summary));
        }

        if (summary.ErrorsByKind.Count > 0)
        {
            tables.Add(new ReportTable(
                "Errors", ["kind", "requests"], [.. summary.ErrorsByKind.Select(pair => (IReadOnlyList<string>)[pair.Key, Whole(pair.Value)])]));
        }

        if (report.Objectives.Count > 0)
        {
            tables.Add(new ReportTable("Objectives", ["metric", "asked", "value", "met"], [.. report.Objectives.Select(ObjectiveRow)]));
        }

        return tables;
    }

    /// <summary>What an objective asks, as in <c>≤ 500</c>.</summary>
    public static string Asked(Objective objective)
    {
        string least = double.IsFinite(objective.AtLeast) ? $"≥ {ReportNumbers.Of(objective.AtLeast)}" : "";
        string most = double.IsFinite(objective.AtMost) ? $"≤ {ReportNumbers.Of(objective.AtMost)}" : "";
        return $"{least} {most}".Trim();
    }

    private static ReportTable Rates(RunSummary summary)
    {
        List<IReadOnlyList<string>> rows =
        [
            ["requests due in the window", Whole(summary.Requests)],
            ["completed", Whole(summary.Completed)],
            ["aborted by the client, as planned", Whole(summary.Aborted)],
            ["refused, as expected", Whole(summary.Refused)],
            ["errors", Whole(summary.Errors)],
            ["requests/s", ReportNumbers.Of(summary.RequestsPerSecond)],
            ["output tokens/s", ReportNumbers.Of(summary.OutputTokensPerSecond)],
            ["total tokens/s", ReportNumbers.Of(summary.TotalTokensPerSecond)],
            ["goodput, requests/s", ReportNumbers.Of(summary.Goodput)],
            ["requests that met all objectives", ReportNumbers.Percent(summary.GoodputRatio)],
            ["prompt tokens, mean", ReportNumbers.Of(summary.MeanPromptTokens)],
            ["output tokens, mean", ReportNumbers.Of(summary.MeanOutputTokens)],
            ["prompt tokens from the server's cache", ReportNumbers.Percent(summary.CachedTokenRatio)],
        ];
        if (summary.WithoutUsage > 0)
        {
            rows.Add(["requests whose tokens were counted by chunks, without usage", Whole(summary.WithoutUsage)]);
        }

        return new ReportTable("Rates", ["measure", "value"], rows);
    }

    private static ReportTable Latencies(RunReport report)
    {
        RunSummary summary = report.Summary;
        return new ReportTable(
            "Latencies, ms",
            ["latency", "mean", "p50", "p90", "p95", "p99", "max", "values"],
            [
                Row("time to first token", summary.TimeToFirstToken),
                Row("inter-token latency (between chunks)", summary.InterTokenLatency),
                Row("time per output token", summary.TimePerOutputToken),
                Row("end to end", summary.EndToEnd),
                Row("time to first token, from actual sending", summary.TimeToFirstTokenFromSend),
                Row("end to end, from actual sending", summary.EndToEndFromSend),
                Row("generator: lag of sending", summary.Lag),
                Row("generator: wait for a thread", report.Client.PoolDelay),
            ]);
    }

    private static ReportTable Classes(RunSummary summary) => new(
        "By model and kind of request",
        ["requests", "completed", "prompt tokens", "cached", "first token p50 ms", "p99 ms", "per token p50 ms", "end to end p50 ms", "p99 ms"],
        [
            .. summary.Classes.Select(part => (IReadOnlyList<string>)
            [
                part.Name, Whole(part.Completed), ReportNumbers.Of(part.MeanPromptTokens), ReportNumbers.Percent(part.CachedTokenRatio),
                ReportNumbers.Of(part.TimeToFirstToken.P50), ReportNumbers.Of(part.TimeToFirstToken.P99), ReportNumbers.Of(part.TimePerOutputToken.P50),
                ReportNumbers.Of(part.EndToEnd.P50), ReportNumbers.Of(part.EndToEnd.P99),
            ]),
        ]);

    private static IReadOnlyList<string> ObjectiveRow(ObjectiveResult result)
    {
        return [result.Objective.Metric, Asked(result.Objective), ReportNumbers.Of(result.Value), result.IsMet ? "yes" : "NO"];
    }

    private static string[] Row(string name, LatencyStats stats)
    {
        double[] values = [stats.Mean, stats.P50, stats.P90, stats.P95, stats.P99, stats.Max];
        return [name, .. values.Select(ReportNumbers.Of), Whole(stats.Count)];
    }

    private static string Whole(int value) => value.ToString("#,##0", CultureInfo.InvariantCulture);
}
