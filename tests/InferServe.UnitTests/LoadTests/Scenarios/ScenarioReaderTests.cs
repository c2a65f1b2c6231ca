using System.Text;
using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Objectives;
using InferServe.LoadTests.Scenarios;
using InferServe.LoadTests.Scenarios.Reading;
using InferServe.LoadTests.Workload;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Scenarios;

public sealed class ScenarioReaderTests
{
    private const string WithVariables = """
        {
          "name": "x", "description": "with ${who}", "good": "yes",
          "variables": { "rate": 4, "who": "me" },
          "profiles": { "big": { "rate": 0.5 } },
          "load": { "arrivals": { "process": "poisson", "rate": "${rate * 2}" }, "warmUpSeconds": 1, "durationSeconds": "${(rate + 1) * 2}" },
          "prompts": { "kind": "synthetic", "tokens": { "distribution": "lognormal", "median": 100, "sigma": 0.5, "max": 400 } },
          "output": { "tokens": "${rate}" },
          "objectives": { "request": { "ttftMs": 100 }, "run": [{ "metric": "ttft.p99", "atMost": "${rate * 100}" }] }
        }
        """;

    [Fact]
    public void Read_Variables_FilledInNumbersAndTexts()
    {
        Scenario scenario = Read(WithVariables, ScenarioChoices.None);

        var load = Assert.IsType<OpenLoad>(scenario.Load);
        Assert.Equal(new PoissonArrivals(8), load.Arrivals);
        Assert.Equal(10, load.Duration);
        Assert.Equal("with me", scenario.Description);
        Assert.Equal(Distribution.Constant(4), scenario.Output.Tokens);
        Assert.Equal(new Distribution(DistributionShape.LogNormal, 100, 0.5, 1, 400), Assert.IsType<SyntheticPrompts>(scenario.Prompts).Tokens);
        Assert.Equal(new RequestObjectives(100, double.PositiveInfinity, double.PositiveInfinity), scenario.RequestObjectives);
        Assert.Equal([new Objective("ttft.p99", double.NegativeInfinity, 400)], scenario.Objectives);
    }

    [Fact]
    public void Read_ProfileAndCommandLine_LaterOneWins()
    {
        var overrides = new Dictionary<string, string> { ["who"] = "you" };
        Scenario scenario = Read(WithVariables.Replace("\"${rate}\"", "3", StringComparison.Ordinal), new ScenarioChoices("big", overrides));

        Assert.Equal(new PoissonArrivals(1), Assert.IsType<OpenLoad>(scenario.Load).Arrivals);
        Assert.Equal("with you", scenario.Description);
    }

    [Theory]
    [InlineData("none", "rate", "--profile none: the scenario has no such profile; it has big")]
    [InlineData(null, "speed", "--set speed: the scenario has no such variable; it has rate, who")]
    public void Read_UnknownChoice_NamesWhatThereIs(string? profile, string variable, string message)
    {
        var choices = new ScenarioChoices(profile, new Dictionary<string, string> { [variable] = "1" });

        Assert.Equal(message, Assert.Throws<ScenarioException>(() => Read(WithVariables, choices)).Message);
    }

    [Fact]
    public void Read_SeveralMistakes_AllWithTheirPlaces()
    {
        const string text = """
            {
              "name": 7,
              "description": "d",
              "load": { "arrivals": { "process": "gamma", "rate": -1, "shape": "${x}" }, "durationSeconds": "5" },
              "prompts": { "kind": "synthetic", "tokens": { "distribution": "uniform", "min": 9, "max": 3 } },
              "output": { "tokens": 1.5, "size": 2 },
              "objectives": { "run": [{ "metric": "ttft.p98", "atMost": 1 }, { "metric": "errors" }] },
              "body": { "stream": false },
              "name": "again"
            }
            """;

        string message = Assert.Throws<ScenarioException>(() => Read(text, ScenarioChoices.None)).Message;

        Assert.All(
            (string[])
            [
                "f.json:2:11: name: must be text",
                "f.json:1:1: good is missing",
                "f.json:4:55: load.arrivals.rate: must be a number from 0.0001 to 100000",
                "load.arrivals.shape: there is no variable 'x'",
                "load.durationSeconds: must be a number from 0.001 to 604800 or a ${…} that gives one; it is '5'",
                "prompts.tokens.min: must not be above max",
                "output.tokens: must be a whole number; it is 1.5",
                "output.size: unknown property; the properties here are ignoreEos, minTokens, tokens",
                "objectives.run[0].metric: must be one of ttft.mean, ",
                "objectives.run[1]: needs atLeast or atMost",
                "body.stream: is set by the load test itself",
                "f.json:9:11: name: the property occurs twice",
            ],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "load": { "durationSeconds": 1 } }""", "needs either arrivals (open loop) or concurrency (closed loop)")]
    [InlineData("""{ "load": { "concurrency": 1 } }""", "a closed loop needs either durationSeconds or requests")]
    [InlineData("""{ "aborts": { "probability": 0.5 } }""", "needs either afterTokens or afterSeconds")]
    [InlineData("""{ "prompts": { "kind": "file", "file": "no-such-file.jsonl" } }""", "prompts.file: ")]
    [InlineData("""{ "prompts": 7 }""", "prompts: must be an object")]
    [InlineData("""{ "variables": { "1a": 2 } }""", "the name of a variable is letters, digits and _")]
    [InlineData("""{ "variables": { "a": 2 }, "profiles": { "p": { "b": 1 } } }""", "a profile sets variables of the scenario only: a")]
    public void Read_Mistake_NamesTheRule(string changes, string rule)
    {
        Assert.Contains(rule, Assert.Throws<ScenarioException>(() => ScenarioTexts.Read(changes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotJson_HasThePlace()
    {
        Assert.StartsWith("f.json:2:3: ", Assert.Throws<ScenarioException>(() => Read("{\n  oops", ScenarioChoices.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomlyDamagedScenario_RefusedProperlyOrRead()
    {
        var random = new Random(13);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(round % 2 == 0 ? WithVariables : ScenarioTexts.Small);
            for (int change = random.Next(3); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\"{}[],:0.-$e"[random.Next(12)]);
            }

            try
            {
                ScenarioReader.Read(bytes, "f.json", ScenarioChoices.None);
            }
            catch (ScenarioException problem)
            {
                Assert.NotEmpty(problem.Message);
            }
        }
    }

    private static Scenario Read(string text, ScenarioChoices choices) => ScenarioReader.Read(Encoding.UTF8.GetBytes(text), "f.json", choices);
}
