using System.Text;
using System.Text.RegularExpressions;
using InferServe.LoadTests.Commands;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.UnitTests.LoadTests.Scenarios;

/// <summary>The page of the load tests says what is so.</summary>
public sealed class LoadTestsPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("loadtests", "README.md"));

    [Fact]
    public void Example_Scenario_CanBeRead()
    {
        string example = Regex.Match(Page, "```jsonc\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Scenario scenario = ScenarioReader.Read(Encoding.UTF8.GetBytes(example), "README.md", new ScenarioChoices("big", new Dictionary<string, string>()));

        Assert.Equal(40, scenario.Objectives.Single().AtMost, 9);
    }

    [Fact]
    public void Page_ScenariosAndMetrics_AreAllNamed()
    {
        Assert.All(ScenarioFiles.All, path => Assert.Contains($"| `{Path.GetFileNameWithoutExtension(path)}` |", Page, StringComparison.Ordinal));
        Assert.All(MetricNames.All.Select(name => name.Split('.')[0]).Distinct(), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }
}
