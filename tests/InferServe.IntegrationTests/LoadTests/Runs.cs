using System.Text;
using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Running;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.IntegrationTests.LoadTests;

/// <summary>Runs scenarios that tests write.</summary>
internal static class Runs
{
    /// <summary>A scenario with the given load and further members.</summary>
    public static Scenario Scenario(string load, string more = "")
    {
        string text = $$"""
            {
              "name": "test", "description": "for tests", "good": "it passes",
              "load": {{load}},
              "prompts": { "kind": "synthetic", "tokens": 8 },
              "output": { "tokens": 64 }{{(more.Length > 0 ? "," : "")}}
              {{more}}
            }
            """;
        return ScenarioReader.Read(Encoding.UTF8.GetBytes(text), "test.json", ScenarioChoices.None);
    }

    public static async Task<RunResult> RunAsync(Scenario scenario, Uri url, TimeProvider time, string model = "stub")
    {
        using HttpClient http = HttpClients.Create(scenario.Connection);
        var settings = new RunSettings(scenario, new ServerTarget(url, []), [new WeightedModel(model, 1)], 1, true);
        var scales = new Dictionary<string, TokenScale> { [model] = TokenScale.Assumed };
        return await new ScenarioRun(settings, scales, http, time).RunAsync(null, CancellationToken.None);
    }

    public static RunSummary Summarize(Scenario scenario, RunResult run) =>
        RunSummarizer.Summarize(run, scenario.RequestObjectives, scenario.ExpectedErrors);
}
