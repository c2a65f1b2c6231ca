using InferServe.LoadTests.Arrivals;
using InferServe.LoadTests.Randomness;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Planning;

/// <summary>
/// Decides what each session does. The sequence is a function of scenario, models and seed; sessions are made one after another, from any thread.
/// </summary>
internal sealed class SessionPlanner(Scenario scenario, IReadOnlyList<WeightedModel> models, int seed)
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _seenGroups = [];
    private int _next;

    /// <summary>The sessions of an open loop, one for each arrival, in order of time.</summary>
    public IEnumerable<PlannedSession> Arrivals(OpenLoad load)
    {
        return load.Arrivals.Until(load.End, SeededRandom.For(seed, "arrivals")).Select(time => Next() with { Start = time });
    }

    public PlannedSession Next()
    {
        lock (_lock)
        {
            int index = _next++;
            int group = Group(index);
            return new PlannedSession(index, 0, Model(index), group, Turns(index, group));
        }
    }

    private string Model(int index)
    {
        double left = SeededRandom.For(seed, "model", index).NextDouble() * models.Sum(model => model.Weight);
        foreach (WeightedModel model in models)
        {
            left -= model.Weight;
            if (left < 0)
            {
                return model.Name;
            }
        }

        return models[^1].Name;
    }

    private int Group(int index) => scenario.Prompts switch
    {
        SharedPrefixPrompts shared => SeededRandom.For(seed, "group", index).Next(shared.Groups),
        FilePrompts { Shuffle: true } file => SeededRandom.For(seed, "group", index).Next(file.Prompts.Count),
        FilePrompts file => index % file.Prompts.Count,
        _ => 0,
    };

    private PlannedTurn[] Turns(int index, int group)
    {
        SeededRandom random = SeededRandom.For(seed, "lengths", index);
        TraceEntry? traced = scenario.Load is OpenLoad { Arrivals: TraceArrivals trace } && index < trace.Entries.Count ? trace.Entries[index] : null;
        int count = scenario.Prompts is ChatPrompts chat ? chat.Turns.DrawWhole(random) : 1;
        var turns = new PlannedTurn[count];
        for (int turn = 0; turn < count; turn++)
        {
            // Drawn in any case, so that the numbers after them do not depend on what replaces them.
            int prompt = PromptLength(random), output = scenario.Output.Tokens.DrawWhole(random);
            (int? afterTokens, double? afterSeconds) = Abort(SeededRandom.For(seed, "aborts", ((long)index << 16) + turn));
            turns[turn] = new PlannedTurn(
                traced?.PromptTokens ?? prompt,
                traced?.OutputTokens ?? FileOutput(group) ?? output,
                turn > 0 && scenario.Prompts is ChatPrompts source ? source.Think.Draw(random) : 0,
                afterTokens,
                afterSeconds,
                Class(turn, group));
        }

        return turns;
    }

    private int PromptLength(SeededRandom random) => scenario.Prompts switch
    {
        SyntheticPrompts synthetic => synthetic.Tokens.DrawWhole(random),
        SharedPrefixPrompts shared => shared.Tokens.DrawWhole(random),
        ChatPrompts chat => chat.Tokens.DrawWhole(random),
        _ => 0,
    };

    private int? FileOutput(int group) => scenario.Prompts is FilePrompts file ? file.Prompts[group].OutputTokens : null;

    private (int? AfterTokens, double? AfterSeconds) Abort(SeededRandom random)
    {
        return scenario.Aborts is { } aborts && random.NextDouble() < aborts.Probability
            ? (aborts.AfterTokens?.DrawWhole(random), aborts.AfterSeconds?.Draw(random))
            : (null, null);
    }

    private string? Class(int turn, int group) => scenario.Prompts switch
    {
        ChatPrompts => turn == 0 ? "first turn" : "later turns",
        SharedPrefixPrompts => _seenGroups.Add(group) ? "new prefix" : "known prefix",
        _ => null,
    };
}
