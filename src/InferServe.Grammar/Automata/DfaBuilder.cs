using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Automata;

/// <summary>Builds a <see cref="Dfa"/> by exploring the states of anything that can be stepped, and keeps only what can reach acceptance.</summary>
internal static class DfaBuilder
{
    /// <param name="start">The first state.</param>
    /// <param name="classOf">Shape [256]: the class of each byte.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="step">The state after a byte of the class, and whether there is one.</param>
    /// <param name="label">What a state accepts, 0 for nothing.</param>
    /// <param name="budget">Bounds states and steps.</param>
    /// <param name="comparer">Equality of states.</param>
    public static Dfa Explore<TState>(
        TState start,
        byte[] classOf,
        int classCount,
        Func<TState, int, (bool Exists, TState State)> step,
        Func<TState, int> label,
        CompileBudget budget,
        IEqualityComparer<TState>? comparer = null)
        where TState : notnull
    {
        var numbers = new Dictionary<TState, int>(comparer) { [start] = 0 };
        var states = new List<TState> { start };
        var transitions = new List<int>();
        for (var number = 0; number < states.Count; number++)
        {
            budget.Spend(classCount);
            for (var @class = 0; @class < classCount; @class++)
            {
                var (exists, next) = step(states[number], @class);
                if (!exists)
                {
                    transitions.Add(Dfa.Dead);
                    continue;
                }

                if (!numbers.TryGetValue(next, out var target))
                {
                    target = states.Count;
                    budget.CheckStates(target + 1);
                    numbers.Add(next, target);
                    states.Add(next);
                }

                transitions.Add(target);
            }
        }

        return Trim(classOf, classCount, [.. transitions], [.. states.Select(label)]);
    }

    /// <summary>Removes states that cannot reach acceptance and gives the others new numbers.</summary>
    public static Dfa Trim(byte[] classOf, int classCount, int[] transitions, int[] labels)
    {
        var live = LiveStates(classCount, transitions, labels);
        var renumbered = new int[labels.Length];
        var count = 0;
        for (var state = 0; state < labels.Length; state++)
        {
            renumbered[state] = live[state] || state == Dfa.Start ? count++ : Dfa.Dead;
        }

        var newTransitions = new int[count * classCount];
        var newLabels = new int[count];
        for (var state = 0; state < labels.Length; state++)
        {
            if (renumbered[state] == Dfa.Dead)
            {
                continue;
            }

            newLabels[renumbered[state]] = labels[state];
            for (var @class = 0; @class < classCount; @class++)
            {
                var target = transitions[(state * classCount) + @class];
                newTransitions[(renumbered[state] * classCount) + @class] = target != Dfa.Dead && live[target] ? renumbered[target] : Dfa.Dead;
            }
        }

        return new Dfa(classOf, classCount, newTransitions, newLabels);
    }

    private static bool[] LiveStates(int classCount, int[] transitions, int[] labels)
    {
        // Predecessors as linked lists in arrays: head[state] -> edge, edges in transition order.
        var head = new int[labels.Length];
        var following = new int[transitions.Length];
        Array.Fill(head, -1);
        for (var edge = 0; edge < transitions.Length; edge++)
        {
            if (transitions[edge] != Dfa.Dead)
            {
                following[edge] = head[transitions[edge]];
                head[transitions[edge]] = edge;
            }
        }

        var live = new bool[labels.Length];
        var pending = new Stack<int>();
        for (var state = 0; state < labels.Length; state++)
        {
            if (labels[state] != 0)
            {
                live[state] = true;
                pending.Push(state);
            }
        }

        while (pending.TryPop(out var state))
        {
            for (var edge = head[state]; edge != -1; edge = following[edge])
            {
                var source = edge / classCount;
                if (!live[source])
                {
                    live[source] = true;
                    pending.Push(source);
                }
            }
        }

        return live;
    }
}
