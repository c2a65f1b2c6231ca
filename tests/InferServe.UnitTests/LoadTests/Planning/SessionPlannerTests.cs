using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Planning;

public sealed class SessionPlannerTests
{
    private static readonly WeightedModel[] OneModel = [new("m", 1)];

    [Fact]
    public void Arrivals_OpenLoad_OneSessionForEach()
    {
        Scenario scenario = ScenarioTexts.Read("{}");

        PlannedSession[] sessions = [.. new SessionPlanner(scenario, OneModel, 1).Arrivals((OpenLoad)scenario.Load)];

        Assert.Equal(100, sessions.Length);
        Assert.Equal(Enumerable.Range(0, 100), sessions.Select(session => session.Index));
        Assert.Equal(9.9, sessions[^1].Start, 9);
        Assert.All(sessions, session => Assert.Equal([new PlannedTurn(10, 5, 0, null, null, null)], session.Turns));
    }

    [Fact]
    public void Next_Weights_SharesOfTheModels()
    {
        var planner = new SessionPlanner(ScenarioTexts.Read("{}"), [new("a", 3), new("b", 1)], 1);

        int a = Enumerable.Range(0, 4000).Count(_ => planner.Next().Model == "a");

        Assert.InRange(a, 2900, 3100);
    }

    [Fact]
    public void Next_SharedPrefix_FirstOfAGroupIsNew()
    {
        Scenario scenario = ScenarioTexts.Read("""{ "prompts": { "kind": "shared-prefix", "groups": 3, "prefixTokens": 50, "tokens": 5 } }""");
        var planner = new SessionPlanner(scenario, OneModel, 1);

        PlannedSession[] sessions = [.. Enumerable.Range(0, 100).Select(_ => planner.Next())];

        Assert.Equal(3, sessions.Count(session => session.Turns[0].Class == "new prefix"));
        Assert.All(sessions.GroupBy(session => session.Group), group => Assert.Equal("new prefix", group.First().Turns[0].Class));
    }

    [Fact]
    public void Next_Chat_TurnsThinkAndClasses()
    {
        Scenario scenario = ScenarioTexts.Read("""
            { "prompts": { "kind": "chat", "turns": { "distribution": "uniform", "min": 2, "max": 4 }, "tokens": 5, "thinkSeconds": 3 } }
            """);
        var planner = new SessionPlanner(scenario, OneModel, 1);

        PlannedSession[] sessions = [.. Enumerable.Range(0, 100).Select(_ => planner.Next())];

        Assert.Equal([2, 3, 4], sessions.Select(session => session.Turns.Count).Distinct().Order());
        Assert.All(sessions, session => Assert.Equal(["first turn", .. Enumerable.Repeat("later turns", session.Turns.Count - 1)], session.Turns.Select(turn => turn.Class)));
        Assert.All(sessions, session => Assert.Equal([0, .. Enumerable.Repeat(3.0, session.Turns.Count - 1)], session.Turns.Select(turn => turn.Think)));
    }

    [Fact]
    public void Next_Aborts_ShareOfTheRequests()
    {
        Scenario scenario = ScenarioTexts.Read("""{ "aborts": { "probability": 0.25, "afterTokens": 3 } }""");
        var planner = new SessionPlanner(scenario, OneModel, 1);

        PlannedTurn[] turns = [.. Enumerable.Range(0, 4000).Select(_ => planner.Next().Turns[0])];

        Assert.InRange(turns.Count(turn => turn.AbortAfterTokens == 3), 900, 1100);
        Assert.All(turns, turn => Assert.True(turn.AbortAfterTokens is null or 3 && turn.AbortAfterSeconds is null));
    }

    [Fact]
    public void Arrivals_Trace_TakesItsLengths()
    {
        Scenario scenario = ScenarioTexts.Read("{}");
        var load = new OpenLoad { WarmUp = 0, Duration = 10, Arrivals = new TraceArrivals([new(0, 11, 12), new(2, 13, 14)], 1) };

        PlannedSession[] sessions = [.. new SessionPlanner(scenario with { Load = load }, OneModel, 1).Arrivals(load)];

        Assert.Equal([(0, 11, 12), (2, 13, 14)], sessions.Select(session => (session.Start, session.Turns[0].PromptTokens, session.Turns[0].OutputTokens)));
    }

    [Fact]
    public void Next_SameSeed_SamePlan()
    {
        Scenario scenario = ScenarioTexts.Read("""
            { "prompts": { "kind": "synthetic", "tokens": { "distribution": "normal", "mean": 50, "deviation": 20 } },
              "output": { "tokens": { "distribution": "lognormal", "median": 50, "sigma": 1 } } }
            """);
        var first = new SessionPlanner(scenario, OneModel, 5);
        var second = new SessionPlanner(scenario, OneModel, 5);
        var other = new SessionPlanner(scenario, OneModel, 6);

        PlannedTurn[] turns = [.. Enumerable.Range(0, 50).Select(_ => first.Next().Turns[0])];

        Assert.Equal(turns, Enumerable.Range(0, 50).Select(_ => second.Next().Turns[0]));
        Assert.NotEqual(turns, Enumerable.Range(0, 50).Select(_ => other.Next().Turns[0]));
    }
}
