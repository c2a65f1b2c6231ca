using System.Globalization;
using System.Text;
using System.Text.Json;
using InferServe.LoadTests.Reporting.Charts;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Reporting;

/// <summary>N requests at once over N one after another.</summary>
internal sealed record SpeedUpReport(RunSettings Settings, SpeedUpShape Shape, IReadOnlyList<SpeedUpStep> Steps, DateTimeOffset Time)
{
    private const string Title = "Speed-up of N at once";

    public string Markdown()
    {
        var text = new StringBuilder().AppendLine($"# {Title}").AppendLine();
        foreach ((string name, string value) in Facts())
        {
            text.AppendLine($"- **{name}**: {value}");
        }

        MarkdownReport.Append(text.AppendLine(), Table());
        return text.ToString();
    }

    public string Html()
    {
        var page = new HtmlPage(Title);
        page.Facts(Facts());
        page.Charts(RangeChart.Draw(
            "Speed-up, median and range",
            [.. Steps.Select(step => new RangeBar($"{step.Number} at once", step.SpeedUp.Median, step.SpeedUp.Least, step.SpeedUp.Most))]));
        page.Table(Table());
        return page.ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new { ReportJson.SchemaVersion, Kind = "speedup", Time, Server = Settings.Server.Url, Settings.Models, Settings.Seed, Shape, Steps },
        ReportJson.Options);

    private IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("server", Settings.Server.Url.ToString());
        yield return ("models", string.Join(", ", Settings.Models.Select(model => model.Name)));
        yield return ("work", string.Create(CultureInfo.InvariantCulture, $"prompts of {Shape.PromptTokens} tokens, answers of {Shape.OutputTokens}, temperature 0"));
        yield return ("prompts", Shape.SamePrompts ? "the same in all runs" : "new words in every run");
        if (Shape.SamePrompts)
        {
            yield return ("answers that differ between the two ways", $"{Steps.Sum(step => step.DifferingAnswers)} of {Steps.Sum(step => step.Answers)}");
        }

        yield return ("time", Time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    private ReportTable Table() => new(
        "Medians (range)",
        ["N", "one after another, s", "at once, s", "speed-up", "tokens/s one after another", "tokens/s at once", "first token at once, ms"],
        [
            .. Steps.Select(step => (IReadOnlyList<string>)
            [
                step.Number.ToString(CultureInfo.InvariantCulture), step.SequentialSeconds.ToString(), step.ConcurrentSeconds.ToString(),
                step.SpeedUp.ToString(), step.SequentialTokens.ToString(), step.ConcurrentTokens.ToString(), step.ConcurrentFirstToken.ToString(),
            ]),
        ]);
}
