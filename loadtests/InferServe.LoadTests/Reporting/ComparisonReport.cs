using System.Globalization;
using System.Text;
using System.Text.Json;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Reporting.Charts;

namespace InferServe.LoadTests.Reporting;

/// <summary>Two servers beside each other: the runs of A and B in pairs, each pair with one seed.</summary>
internal sealed record ComparisonReport(string NameA, string NameB, IReadOnlyList<(RunReport A, RunReport B)> Rounds)
{
    private static readonly string[] Chosen =
    [
        "ttft.p50", "ttft.p99", "itl.p50", "itl.p99", "tpot.p50", "tpot.p99", "e2e.p50", "e2e.p99",
        MetricNames.RequestsPerSecond, MetricNames.OutputTokensPerSecond, MetricNames.Goodput,
    ];

    /// <summary>Ratios A / B of each metric, one for each pair.</summary>
    public IReadOnlyList<(string Metric, Spread A, Spread B, Spread Ratio)> Ratios { get; } =
        [.. Chosen.Select(metric => Ratio(metric, Rounds))];

    /// <summary>What a reader must be warned of.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Doubts("A", [.. Rounds.Select(round => round.A)]),
        .. Doubts("B", [.. Rounds.Select(round => round.B)]),
    ];

    public string Markdown()
    {
        var text = new StringBuilder().AppendLine($"# {Title}").AppendLine();
        foreach ((string name, string value) in Facts())
        {
            text.AppendLine($"- **{name}**: {value}");
        }

        text.AppendLine();
        foreach (string warning in Warnings)
        {
            text.AppendLine($"> **{warning}**").AppendLine();
        }

        foreach (ReportTable table in Tables())
        {
            MarkdownReport.Append(text, table);
        }

        return text.AppendLine(Method).ToString();
    }

    public string Html()
    {
        var page = new HtmlPage(Title);
        page.Facts(Facts());
        foreach (string warning in Warnings)
        {
            page.Warning(warning);
        }

        page.Charts(RangeChart.Draw("A / B, median and range", [.. Ratios.Select(ratio => new RangeBar(ratio.Metric, ratio.Ratio.Median, ratio.Ratio.Least, ratio.Ratio.Most))]));
        foreach (ReportTable table in Tables())
        {
            page.Table(table);
        }

        page.Footer(Method);
        return page.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            ReportJson.SchemaVersion,
            Kind = "comparison",
            Rounds[0].A.Time,
            Scenario = Rounds[0].A.Title,
            A = NameA,
            B = NameB,
            Warnings,
            Ratios = Ratios.Select(ratio => new { ratio.Metric, ratio.A, ratio.B, ratio.Ratio }),
            Rounds = Rounds.Select(round => new { round.A.Settings.Seed, A = round.A.Summary.Metrics(), B = round.B.Summary.Metrics() }),
        },
        ReportJson.Options);

    private string Title => $"Comparison: {Rounds[0].A.Title}";

    private static string Method =>
        "A and B ran by turns; both runs of a pair had the same seed and so the same arrivals, lengths and words. A ratio is that of a pair; " +
        "the table has the median over the pairs and the range. Latencies are better below 1, rates above. " + RunFacts.Method;

    private IEnumerable<(string Name, string Value)> Facts()
    {
        RunReport first = Rounds[0].A;
        yield return ("A", $"{NameA}, {Models(first)}");
        yield return ("B", $"{NameB}, {Models(Rounds[0].B)}");
        yield return ("what for", first.Settings.Scenario.Description);
        yield return ("load", LoadText.Of(first.Settings.Scenario.Load));
        yield return ("pairs", Rounds.Count.ToString(CultureInfo.InvariantCulture));
        yield return ("seeds", string.Join(", ", Rounds.Select(round => round.A.Settings.Seed)));
        yield return ("time", first.Time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    private IEnumerable<ReportTable> Tables()
    {
        yield return new ReportTable(
            "Ratios, median (range)",
            ["metric", "A", "B", "A / B"],
            [.. Ratios.Select(ratio => (IReadOnlyList<string>)[ratio.Metric, ratio.A.ToString(), ratio.B.ToString(), ratio.Ratio.ToString()])]);
        yield return new ReportTable(
            "Runs",
            ["run", "completed", "refused", "errors", "first token p50 ms", "p99 ms", "per token p50 ms", "output tokens/s", "output tokens, mean", "lag p99 ms"],
            [.. Rounds.SelectMany((round, index) => (IEnumerable<IReadOnlyList<string>>)[Row($"A {index + 1}", round.A), Row($"B {index + 1}", round.B)])]);
    }

    private static string[] Row(string name, RunReport run) =>
    [
        name,
        run.Summary.Completed.ToString(CultureInfo.InvariantCulture),
        run.Summary.Refused.ToString(CultureInfo.InvariantCulture),
        run.Summary.Errors.ToString(CultureInfo.InvariantCulture),
        ReportNumbers.Of(run.Summary.TimeToFirstToken.P50),
        ReportNumbers.Of(run.Summary.TimeToFirstToken.P99),
        ReportNumbers.Of(run.Summary.TimePerOutputToken.P50),
        ReportNumbers.Of(run.Summary.OutputTokensPerSecond),
        ReportNumbers.Of(run.Summary.MeanOutputTokens),
        ReportNumbers.Of(run.Summary.Lag.P99),
    ];

    private static string Models(RunReport run) => string.Join(", ", run.Settings.Models.Select(model => model.Name));

    private static IEnumerable<string> Doubts(string server, RunReport[] runs)
    {
        RunReport[] doubtful = [.. runs.Where(run => run.Doubt is not null)];
        if (doubtful.Length > 0)
        {
            yield return $"Not to be trusted: in {doubtful.Length} of {runs.Length} runs of {server}, {doubtful[0].Doubt}.";
        }

        if (runs.Sum(run => run.Summary.Errors) is > 0 and var errors)
        {
            yield return $"{errors} requests to {server} failed; latencies are those of the others.";
        }
    }

    private static (string Metric, Spread A, Spread B, Spread Ratio) Ratio(string metric, IReadOnlyList<(RunReport A, RunReport B)> rounds)
    {
        (double A, double B)[] values = [.. rounds.Select(round => (round.A.Summary.Metrics()[metric], round.B.Summary.Metrics()[metric]))];
        return (metric, Spread.Of(values.Select(pair => pair.A)), Spread.Of(values.Select(pair => pair.B)), Spread.Of(values.Select(pair => pair.A / pair.B)));
    }
}
