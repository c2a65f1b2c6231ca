using System.Text.Json;
using InferServe.LoadTests.Commands;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.UnitTests.LoadTests.Scenarios;

public sealed class ScenarioFilesTests
{
    public static TheoryData<string> Names => [.. ScenarioFiles.All.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void All_TheNamedScenarios_AreThere()
    {
        string[] expected = ["burst", "cancel", "chat", "long-prompt", "mixed-models", "overload", "shared-prefix", "soak", "steady"];

        Assert.Equal(expected, ScenarioFiles.All.Select(Path.GetFileNameWithoutExtension));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ScenarioFile_HasNoMistakeWithOrWithoutProfile(string name)
    {
        string path = ScenarioFiles.Find(name);
        Scenario scenario = ScenarioReader.ReadFile(path, ScenarioChoices.None);
        Scenario big = ScenarioReader.ReadFile(path, ScenarioChoices.None with { Profile = "big" });

        Assert.Equal(name, scenario.Name);
        Assert.NotEmpty(scenario.Objectives);
        Assert.True(big.Load.Duration > scenario.Load.Duration);
    }

    [Fact]
    public void Schema_Metrics_AreTheReaders()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "scenario.schema.json")));
        JsonElement metric = schema.RootElement.GetProperty("properties").GetProperty("objectives").GetProperty("properties")
            .GetProperty("run").GetProperty("items").GetProperty("properties").GetProperty("metric").GetProperty("enum");

        Assert.Equal(MetricNames.All, metric.EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void Schema_Properties_AreTheReaders()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(ScenarioFiles.Folder, "scenario.schema.json")));
        IEnumerable<string> described = schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name);
        ScenarioException problem = Assert.Throws<ScenarioException>(
            () => ScenarioReader.Read("""{ "unknown": 1 }"""u8, "f.json", ScenarioChoices.None));

        Assert.Contains(
            $"unknown property; the properties here are {string.Join(", ", described.Order(StringComparer.Ordinal))}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_UnknownName_ListsThoseThereAre()
    {
        Assert.Contains("burst, cancel, chat", Assert.Throws<ScenarioException>(() => ScenarioFiles.Find("nothing")).Message, StringComparison.Ordinal);
    }
}
