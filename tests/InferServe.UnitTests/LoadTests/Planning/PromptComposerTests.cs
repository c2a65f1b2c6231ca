using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;
using InferServe.UnitTests.LoadTests.Support;

namespace InferServe.UnitTests.LoadTests.Planning;

public sealed class PromptComposerTests
{
    private static readonly Dictionary<string, TokenScale> Scales = new() { ["m"] = new TokenScale(2, 4) };

    [Fact]
    public void Compose_Synthetic_WordsForTheTokensThatTheTemplateLeaves()
    {
        Assert.Equal(8, Words(Compose(ScenarioTexts.Read("{}"), Session(0, 20)).Single().Content));
    }

    [Fact]
    public void Compose_SharedPrefix_SameSystemMessageWithinAGroup()
    {
        Scenario scenario = ScenarioTexts.Read("""{ "prompts": { "kind": "shared-prefix", "groups": 2, "prefixTokens": 50, "tokens": 6 } }""");

        IReadOnlyList<ChatMessage> first = Compose(scenario, Session(0, 6, group: 1));
        IReadOnlyList<ChatMessage> second = Compose(scenario, Session(1, 6, group: 1));
        IReadOnlyList<ChatMessage> other = Compose(scenario, Session(2, 6, group: 0));

        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[0], other[0]);
        Assert.NotEqual(first[1], second[1]);
        Assert.Equal((25, 3), (Words(first[0].Content), Words(first[1].Content)));
    }

    [Fact]
    public void Compose_LaterTurn_GrowsByTheAnswer()
    {
        Scenario scenario = ScenarioTexts.Read("""{ "prompts": { "kind": "chat", "turns": 2, "systemTokens": 10, "tokens": 6 } }""");
        var composer = new PromptComposer(scenario, Scales, 1);
        PlannedSession session = Session(0, 6, turns: 2);

        IReadOnlyList<ChatMessage> first = composer.Compose(session, 0, []);
        IReadOnlyList<ChatMessage> second = composer.Compose(session, 1, [.. first, new ChatMessage("assistant", "answer")]);

        Assert.Equal(["system", "user", "assistant", "user"], second.Select(message => message.Role));
        Assert.Equal(first, second.Take(2));
        Assert.NotEqual(first[1], second[3]);
    }

    [Theory]
    [InlineData(16, 36, 96, 196, 2, 4)]
    [InlineData(16, 16, 96, 96, 1, 0)]
    [InlineData(16, 50, 96, 50, 1, 0)]
    public void Of_TwoMeasurements_TheLineThroughThem(int fewWords, int fewTokens, int manyWords, int manyTokens, double slope, double overhead)
    {
        Assert.Equal(new TokenScale(slope, overhead), TokenScale.Of(fewWords, fewTokens, manyWords, manyTokens));
    }

    private static IReadOnlyList<ChatMessage> Compose(Scenario scenario, PlannedSession session) => new PromptComposer(scenario, Scales, 1).Compose(session, 0, []);

    private static PlannedSession Session(int index, int tokens, int group = 0, int turns = 1)
    {
        return new PlannedSession(index, 0, "m", group, [.. Enumerable.Repeat(new PlannedTurn(tokens, 5, 0, null, null, null), turns)]);
    }

    private static int Words(string text) => text.Split(' ').Length;
}
