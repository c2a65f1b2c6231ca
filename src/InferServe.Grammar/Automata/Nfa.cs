using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Automata;

/// <summary>A non-deterministic automaton under construction. States are numbers; edges carry byte ranges, nothing, or an anchor.</summary>
internal sealed class Nfa(CompileBudget budget)
{
    private readonly List<List<(byte Low, byte High, int Target)>> _edges = [];
    private readonly List<List<(NfaAnchor Anchor, int Target)>> _empty = [];

    public int StateCount => _edges.Count;

    public IReadOnlyList<(byte Low, byte High, int Target)> Edges(int state) => _edges[state];

    public IReadOnlyList<(NfaAnchor Anchor, int Target)> EmptyEdges(int state) => _empty[state];

    public int AddState()
    {
        budget.Spend(4);
        budget.CheckStates(_edges.Count / 8);
        _edges.Add([]);
        _empty.Add([]);
        return _edges.Count - 1;
    }

    public void AddEdge(int source, byte low, byte high, int target)
    {
        budget.Spend(1);
        _edges[source].Add((low, high, target));
    }

    public void AddEmpty(int source, int target, NfaAnchor anchor = NfaAnchor.None)
    {
        budget.Spend(1);
        _empty[source].Add((anchor, target));
    }

    /// <summary>Adds the path <paramref name="text"/> from one state to another.</summary>
    public void AddText(int source, ReadOnlySpan<byte> text, int target)
    {
        var state = source;
        for (var i = 0; i < text.Length; i++)
        {
            var next = i == text.Length - 1 ? target : AddState();
            AddEdge(state, text[i], text[i], next);
            state = next;
        }

        if (text.IsEmpty)
        {
            AddEmpty(source, target);
        }
    }

    /// <summary>Adds a path of byte ranges from one state to another.</summary>
    public void AddRanges(int source, int target, params ReadOnlySpan<(byte Low, byte High)> ranges)
    {
        var state = source;
        for (var i = 0; i < ranges.Length; i++)
        {
            var next = i == ranges.Length - 1 ? target : AddState();
            AddEdge(state, ranges[i].Low, ranges[i].High, next);
            state = next;
        }
    }
}
