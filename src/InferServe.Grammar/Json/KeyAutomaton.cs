using InferServe.Grammar.Automata;

namespace InferServe.Grammar.Json;

/// <summary>
/// Tells the keys of one kind of object apart: labels are 1 + the number of the member class. Keys are quoted and in
/// <see cref="Patterns.TextForm.JsonString"/>, so that no key can be written in a second way that escapes its class.
/// </summary>
internal sealed class KeyAutomaton
{
    private readonly BitSet[] _reachable;

    /// <param name="dfa">The automaton, with quotes.</param>
    public KeyAutomaton(Dfa dfa)
    {
        Dfa = dfa;
        Cover = StringCover.Find(dfa);
        _reachable = ComputeReachable(dfa);
        Everywhere = ComputeEverywhere();
    }

    public Dfa Dfa { get; }

    /// <summary>See <see cref="StringCover"/>; holds while a class of <see cref="Everywhere"/> is available.</summary>
    public int[]? Cover { get; }

    /// <summary>Classes of which a key may be written whatever has been written so far.</summary>
    public BitSet Everywhere { get; }

    /// <summary>Classes whose keys may still be written from a state.</summary>
    public BitSet Reachable(int state) => _reachable[state];

    private BitSet ComputeEverywhere()
    {
        var everywhere = _reachable[Dfa.Start];
        for (var state = 0; state < Dfa.StateCount; state++)
        {
            if (!Dfa.IsAccepting(state))
            {
                everywhere = everywhere.Intersect(_reachable[state]);
            }
        }

        return everywhere;
    }

    private static BitSet[] ComputeReachable(Dfa dfa)
    {
        var sets = new BitSet[dfa.StateCount];
        var predecessors = new List<int>[dfa.StateCount];
        for (var state = 0; state < dfa.StateCount; state++)
        {
            predecessors[state] = [];
        }

        for (var state = 0; state < dfa.StateCount; state++)
        {
            for (var @class = 0; @class < dfa.ClassCount; @class++)
            {
                var next = dfa.NextOfClass(state, @class);
                if (next != Dfa.Dead && (predecessors[next].Count == 0 || predecessors[next][^1] != state))
                {
                    predecessors[next].Add(state);
                }
            }
        }

        foreach (var ends in Enumerable.Range(0, dfa.StateCount).Where(dfa.IsAccepting).GroupBy(dfa.Label))
        {
            var member = ends.Key - 1;
            var pending = new Stack<int>(ends);
            while (pending.TryPop(out var state))
            {
                if (sets[state].Contains(member))
                {
                    continue;
                }

                sets[state] = sets[state].With(member);
                predecessors[state].ForEach(pending.Push);
            }
        }

        return sets;
    }
}
