using InferServe.LoadTests.Randomness;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Planning;

/// <summary>Writes what a session says, from the seed.</summary>
internal sealed class PromptComposer(Scenario scenario, IReadOnlyDictionary<string, TokenScale> scales, int seed)
{
    /// <summary>The messages of a session's turn.</summary>
    /// <param name="session">The session.</param>
    /// <param name="turn">From 0.</param>
    /// <param name="before">The messages of the turn before it and its answer; empty for the first.</param>
    public IReadOnlyList<ChatMessage> Compose(PlannedSession session, int turn, IReadOnlyList<ChatMessage> before)
    {
        TokenScale scale = scales[session.Model];
        int tokens = session.Turns[turn].PromptTokens;
        return scenario.Prompts switch
        {
            FilePrompts file => file.Prompts[session.Group].Messages,
            SharedPrefixPrompts shared =>
            [
                new("system", Words("prefix", session.Group, scale.WordsOfPart(shared.PrefixTokens))),
                new("user", Words("prompt", session.Index, scale.WordsOfPart(tokens))),
            ],
            ChatPrompts { SystemTokens: > 0 } chat when turn == 0 =>
            [
                new("system", Words("system", 0, scale.WordsOfPart(chat.SystemTokens))),
                new("user", Words("prompt", Place(session, turn), scale.WordsOfPart(tokens))),
            ],
            ChatPrompts => [.. before, new("user", Words("prompt", Place(session, turn), scale.WordsOfPart(tokens)))],
            _ => [new("user", Words("prompt", session.Index, scale.WordsOfPrompt(tokens)))],
        };
    }

    private static long Place(PlannedSession session, int turn) => ((long)session.Index << 16) + turn;

    private string Words(string purpose, long index, int count) => PromptWords.Create(SeededRandom.For(seed, purpose, index), count);
}
