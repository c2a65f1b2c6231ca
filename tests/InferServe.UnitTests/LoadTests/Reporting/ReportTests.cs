using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Reporting;

public sealed class ReportTests
{
    private const string Key = "sk-very-secret";

    [Fact]
    public void Html_Page_NeedsNothingElse()
    {
        string html = HtmlReport.Of(Report());

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|href|@import|url)\\s*[=(]", html);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("&lt;good&gt;", html, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(html, "<svg "));
    }

    [Fact]
    public void Html_Charts_AreWellFormedWithFiniteNumbers()
    {
        string html = HtmlReport.Of(Report());

        foreach (Match chart in Regex.Matches(html, "<svg .*?</svg>"))
        {
            XElement svg = XElement.Parse(chart.Value);
            Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞'));
        }
    }

    [Fact]
    public void Json_Report_HasVersionMetricsAndNoNaN()
    {
        using JsonDocument json = JsonDocument.Parse(ReportJson.Of(Report()));

        Assert.Equal(ReportJson.SchemaVersion, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(1000, json.RootElement.GetProperty("metrics").GetProperty("ttft.p50").GetDouble(), 6);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("objectives")[0].GetProperty("atLeast").ValueKind);
        Assert.False(json.RootElement.GetProperty("meetsObjectives").GetBoolean());
    }

    [Fact]
    public void Markdown_Report_NamesMissedObjectiveAndErrors()
    {
        string markdown = MarkdownReport.Of(Report());

        Assert.Contains("| ttft.p99 | ≤ 500 | 1,000 | NO |", markdown, StringComparison.Ordinal);
        Assert.Contains("| http 429 queue_full | 1 |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_Keys_AreInNone()
    {
        RunReport report = Report();

        Assert.All([HtmlReport.Of(report), ReportJson.Of(report), MarkdownReport.Of(report)], text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.Equal("bad key ***", report.Settings.Server.WithoutKeys($"bad key {Key}"));
    }

    [Fact]
    public void Comparison_Pairs_RatioOfEachAndItsRange()
    {
        var comparison = new ComparisonReport("a", "b", [(Report(2), Report(1)), (Report(3), Report(1)), (Report(4), Report(1))]);

        (string _, Spread a, Spread b, Spread ratio) = comparison.Ratios.Single(entry => entry.Metric == "ttft.p50");
        Assert.Equal(new Spread(3000, 2000, 4000), a with { Median = Math.Round(a.Median), Least = Math.Round(a.Least), Most = Math.Round(a.Most) });
        Assert.Equal(1000, b.Median, 6);
        Assert.Equal((3, 2, 4), (Math.Round(ratio.Median, 9), Math.Round(ratio.Least, 9), Math.Round(ratio.Most, 9)));
        Assert.Contains("| ttft.p50 | 3,000 (2,000–4,000) | 1,000 (1,000–1,000) | 3.00 (2.00–4.00) |", comparison.Markdown(), StringComparison.Ordinal);
        Assert.Contains("<svg ", comparison.Html(), StringComparison.Ordinal);
        Assert.Equal("comparison", JsonDocument.Parse(comparison.Json()).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void Comparison_LateGenerator_WarnsInEveryForm()
    {
        RunReport late = Report() with { Doubt = "requests were sent late" };
        var comparison = new ComparisonReport("a", "b", [(late, Report())]);

        Assert.Contains(comparison.Warnings, warning => warning.StartsWith("Not to be trusted: in 1 of 1 runs of A, requests were sent late", StringComparison.Ordinal));
        Assert.All([comparison.Html(), comparison.Markdown(), comparison.Json()], text => Assert.Contains("Not to be trusted", text, StringComparison.Ordinal));
    }

    [Fact]
    public void SpeedUp_Pairs_RatioOfDurations()
    {
        RunResult sequential = Records.Run(new MeasuredWindow(0, 8), Records.Completed(0, 0, 8, 20, 1) with { Text = "x" });
        RunResult concurrent = Records.Run(new MeasuredWindow(0, 2), Records.Completed(0, 0, 2, 20, 1) with { Text = "y" });

        SpeedUpStep step = SpeedUpStep.Create(4, [(sequential, concurrent)]);

        Assert.Equal(4, step.SpeedUp.Median);
        Assert.Equal((2.5, 10), (step.SequentialTokens.Median, step.ConcurrentTokens.Median));
        Assert.Equal((1, 1), (step.DifferingAnswers, step.Answers));
        var report = new SpeedUpReport(Report().Settings, new SpeedUpShape(8, 20, true), [step], DateTimeOffset.UnixEpoch);
        Assert.Contains("| 4 | 8.00 (8.00–8.00) | 2.00 (2.00–2.00) | 4.00 (4.00–4.00) |", report.Markdown(), StringComparison.Ordinal);
        Assert.Contains("<svg ", report.Html(), StringComparison.Ordinal);
        Assert.Equal("speedup", JsonDocument.Parse(report.Json()).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void Line_Progress_SaysWhatGoesOn()
    {
        Assert.Equal(
            "steady: 10 of 10 s, waiting for answers · 9 sent · 2 in flight · 1 failed · 25 tokens/s · lag ≤ 3.5 ms",
            TerminalProgress.Line("steady", 12, 10, (9, 7, 1, 300, 0.0035)));
    }

    private static RunReport Report(double firstToken = 1)
    {
        RunResult run = Records.Run(
            new MeasuredWindow(0, 10),
            Records.Completed(0, 0, firstToken + 1, 3, firstToken, firstToken + 0.5),
            Records.Failed(1, "http 429 queue_full", retryAfter: true));
        var scenario = ScenarioTexts.Read("""
            { "good": "<good>", "expectedErrors": ["http 429"], "objectives": { "run": [{ "metric": "ttft.p99", "atMost": 500 }] } }
            """);
        var server = new ServerTarget(new Uri("http://localhost:1/v1/"), [Key]);
        return RunReport.Create(new RunSettings(scenario, server, [new("m", 1)], 1, true), run, DateTimeOffset.UnixEpoch);
    }
}
