using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Reporting.Charts;

namespace InferServe.LoadTests.Reporting;

/// <summary>Writes a run's report as a page.</summary>
internal static class HtmlReport
{
    public static string Of(RunReport report)
    {
        var page = new HtmlPage($"Load test: {report.Title}");
        page.Facts(RunFacts.Of(report));
        foreach (string warning in RunFacts.Warnings(report))
        {
            page.Warning(warning);
        }

        page.Tiles(Tiles(report));
        page.Charts(Charts(report));
        foreach (ReportTable table in RunTables.Of(report))
        {
            page.Table(table);
        }

        page.Footer(RunFacts.Method);
        return page.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Tiles(RunReport report)
    {
        RunSummary summary = report.Summary;
        yield return ("first token p50, ms", ReportNumbers.Of(summary.TimeToFirstToken.P50));
        yield return ("first token p99, ms", ReportNumbers.Of(summary.TimeToFirstToken.P99));
        yield return ("per output token p50, ms", ReportNumbers.Of(summary.TimePerOutputToken.P50));
        yield return ("end to end p99, ms", ReportNumbers.Of(summary.EndToEnd.P99));
        yield return ("output tokens/s", ReportNumbers.Of(summary.OutputTokensPerSecond));
        yield return ("requests/s", ReportNumbers.Of(summary.RequestsPerSecond));
        yield return ("goodput, requests/s", ReportNumbers.Of(summary.Goodput));
        yield return ("errors", ReportNumbers.Of(summary.Errors));
        if (report.Objectives.Count > 0)
        {
            yield return ("objectives met", $"{report.Objectives.Count(objective => objective.IsMet)} of {report.Objectives.Count}");
        }
    }

    private static IEnumerable<string> Charts(RunReport report)
    {
        const string time = "seconds since the start, warm-up included";
        yield return LineChart.Draw("Time to first token, ms, by planned time", time, [Line("p50", point => point.TimeToFirstTokenP50), Line("p99", point => point.TimeToFirstTokenP99)]);
        yield return LineChart.Draw("End to end, ms, by planned time", time, [Line("p50", point => point.EndToEndP50)]);
        yield return LineChart.Draw("Requests/s", time, [Line("due", point => point.Due), Line("completed", point => point.Completed), Line("failed", point => point.Failed)]);
        yield return LineChart.Draw("Requests in flight", time, [Line("in flight", point => point.InFlight)]);
        yield return LineChart.Draw("Output tokens/s", time, [Line("tokens/s", point => point.OutputTokens)]);
        yield return LineChart.Draw("Share of requests (%) by latency", "ms", [Shares("first token", "ttft"), Shares("end to end", "e2e")], isStepped: true);

        ChartSeries Line(string name, Func<TimelinePoint, double> value) => new(name, [.. report.Timeline.Select(point => (point.Time, value(point)))]);
        ChartSeries Shares(string name, string latency) => new(name, [.. report.Quantiles[latency].Select((value, percent) => (value, (double)percent))]);
    }
}
