using System.Text;
using System.Text.Json.Nodes;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;

namespace InferServe.UnitTests.LoadTests.Support;

/// <summary>Scenarios for tests: a small whole one, in which a test replaces what it cares about.</summary>
internal static class ScenarioTexts
{
    public const string Small = """
        {
          "name": "small",
          "description": "for tests",
          "good": "it passes",
          "load": { "arrivals": { "process": "constant", "rate": 10 }, "durationSeconds": 10 },
          "prompts": { "kind": "synthetic", "tokens": 10 },
          "output": { "tokens": 5 }
        }
        """;

    /// <summary>Reads the small scenario with the members of <paramref name="changes"/> in place of its own.</summary>
    public static Scenario Read(string changes)
    {
        JsonObject scenario = JsonNode.Parse(Small)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            scenario[name] = value?.DeepClone();
        }

        return ScenarioReader.Read(Encoding.UTF8.GetBytes(scenario.ToJsonString()), "test.json", ScenarioChoices.None);
    }
}
