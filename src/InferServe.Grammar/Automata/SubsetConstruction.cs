using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Automata;

/// <summary>
/// Makes an <see cref="Nfa"/> deterministic. Anchors cost nothing at run time: a start anchor is passed only while the first set is
/// closed, an end anchor only where it is asked whether a set accepts.
/// </summary>
internal sealed class SubsetConstruction
{
    private readonly Nfa _nfa;
    private readonly int _final;
    private readonly CompileBudget _budget;
    private readonly int[] _mark;
    private readonly Stack<int> _pending = new();
    private readonly List<int> _set = [];
    private int _round;

    private SubsetConstruction(Nfa nfa, int final, CompileBudget budget)
    {
        _nfa = nfa;
        _final = final;
        _budget = budget;
        _mark = new int[nfa.StateCount];
    }

    public static Dfa Determinize(Nfa nfa, int start, int final, CompileBudget budget) =>
        new SubsetConstruction(nfa, final, budget).Run(start);

    private Dfa Run(int start)
    {
        var ranges = Enumerable.Range(0, _nfa.StateCount).SelectMany(_nfa.Edges).Select(edge => (edge.Low, edge.High));
        var (classOf, representatives) = ByteClasses.FromRanges(ranges);
        _round++;
        Add(start);
        // The first set differs from a later one with the same members: anchors at its start have been passed. Members include those
        // behind the anchor, so equal sets still behave alike.
        Close(NfaAnchor.Start);
        return DfaBuilder.Explore(
            Key(),
            classOf,
            representatives.Length,
            (set, @class) => Step(set, representatives[@class]),
            set => Accepts(set) ? 1 : 0,
            _budget,
            SetComparer.Instance);
    }

    private (bool Exists, int[] Set) Step(int[] set, byte value)
    {
        _round++;
        _budget.Spend(set.Length);
        foreach (var state in set)
        {
            foreach (var (low, high, target) in _nfa.Edges(state))
            {
                if (value >= low && value <= high)
                {
                    Add(target);
                }
            }
        }

        if (_set.Count == 0)
        {
            return (false, []);
        }

        Close(NfaAnchor.None);
        return (true, Key());
    }

    private bool Accepts(int[] set)
    {
        _round++;
        foreach (var state in set)
        {
            Add(state);
        }

        // The start set is closed over start anchors already; an end anchor may stand behind one and before another.
        Close(NfaAnchor.End);
        var accepts = _set.Contains(_final);
        _set.Clear();
        return accepts;
    }

    private void Add(int state)
    {
        if (_mark[state] != _round)
        {
            _mark[state] = _round;
            _set.Add(state);
            _pending.Push(state);
        }
    }

    private void Close(NfaAnchor passable)
    {
        while (_pending.TryPop(out var state))
        {
            foreach (var (anchor, target) in _nfa.EmptyEdges(state))
            {
                _budget.Spend(1);
                if (anchor == NfaAnchor.None || anchor == passable)
                {
                    Add(target);
                }
            }
        }
    }

    private int[] Key()
    {
        // Only states with byte edges, end anchors or the final state tell sets apart.
        var key = new List<int>(_set.Count);
        foreach (var state in _set)
        {
            if (state == _final || _nfa.Edges(state).Count > 0 || HasEndAnchor(state))
            {
                key.Add(state);
            }
        }

        _set.Clear();
        key.Sort();
        return [.. key];
    }

    private bool HasEndAnchor(int state)
    {
        foreach (var (anchor, _) in _nfa.EmptyEdges(state))
        {
            if (anchor == NfaAnchor.End)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class SetComparer : IEqualityComparer<int[]>
    {
        public static readonly SetComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            foreach (var member in obj)
            {
                hash.Add(member);
            }

            return hash.ToHashCode();
        }
    }
}
