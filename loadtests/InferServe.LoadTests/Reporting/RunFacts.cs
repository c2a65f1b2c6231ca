using System.Globalization;

namespace InferServe.LoadTests.Reporting;

/// <summary>What a reader must know to judge and repeat a run.</summary>
internal static class RunFacts
{
    public static IReadOnlyList<(string Name, string Value)> Of(RunReport report)
    {
        var scenario = report.Settings.Scenario;
        List<(string, string)> facts =
        [
            ("what for", scenario.Description),
            ("good", scenario.Good),
            ("server", report.Settings.Server.Url.ToString()),
            ("models", string.Join(", ", report.Settings.Models.Select(model => model.Name))),
            ("load", LoadText.Of(scenario.Load)),
            ("seed", report.Settings.Seed.ToString(CultureInfo.InvariantCulture)),
            ("time", report.Time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
        ];
        if (scenario.Variables.Count > 0)
        {
            facts.Add(("variables", string.Join(", ", scenario.Variables.Select(variable => $"{variable.Key} = {variable.Value}"))));
        }

        return facts;
    }

    /// <summary>What a reader must be warned of.</summary>
    public static IReadOnlyList<string> Warnings(RunReport report)
    {
        var warnings = new List<string>();
        if (report.WasInterrupted)
        {
            warnings.Add("The run was interrupted; the numbers are those of the part before.");
        }

        if (report.Doubt is not null)
        {
            warnings.Add($"Not to be trusted: {report.Doubt}.");
        }

        return warnings;
    }

    /// <summary>How the numbers are made.</summary>
    public const string Method =
        "Percentiles are exact over all recorded values (nearest rank). Latencies are those of completed requests that were due in the measured window, " +
        "counted from the planned sending time unless a row says otherwise; rates count what arrived in the window. Tokens are those of the server's usage.";
}
