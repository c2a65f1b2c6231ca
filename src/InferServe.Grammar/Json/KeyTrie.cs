using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Json;

/// <summary>A trie of names that can be laid over the automaton of all strings, without exploring their product.</summary>
internal sealed class KeyTrie
{
    private static readonly Dfa s_any = JsonStrings.Canonical.Dfa;

    private readonly List<Dictionary<byte, int>> _children = [[]];
    private readonly List<int> _names = [-1];
    private readonly List<int> _anyStates = [s_any.Next(Dfa.Start, (byte)'"')];
    private readonly int _nameCount;

    public KeyTrie(IReadOnlyList<string> names, CompileBudget budget)
    {
        _nameCount = names.Count;
        for (var name = 0; name < names.Count; name++)
        {
            var node = 0;
            foreach (var value in CharacterWriter.Write(names[name], TextForm.JsonString))
            {
                budget.Spend(4);
                if (!_children[node].TryGetValue(value, out var child))
                {
                    child = _children.Count;
                    budget.CheckStates(child);
                    _children[node].Add(value, child);
                    _children.Add([]);
                    _names.Add(-1);
                    _anyStates.Add(s_any.Next(_anyStates[node], value));
                }

                node = child;
            }

            _names[node] = name;
        }
    }

    /// <param name="classOf">The member class of a name, -1: forbidden.</param>
    /// <param name="other">The member class of all other keys, -1: forbidden.</param>
    public Dfa Build(Func<int, int> classOf, int other)
    {
        // States: those of any string, then the nodes, then one end for each name.
        var open = other >= 0;
        var (classOfByte, representatives) = ClassesOfBytes();
        var width = representatives.Count;
        var nodes = s_any.StateCount;
        var ends = nodes + _children.Count;
        var transitions = new int[(ends + _nameCount) * width];
        var labels = new int[ends + _nameCount];
        Array.Fill(transitions, Dfa.Dead);
        for (var state = 0; state < ends; state++)
        {
            var any = state < nodes ? state : _anyStates[state - nodes];
            for (var @class = 0; open && @class < width; @class++)
            {
                transitions[(state * width) + @class] = s_any.Next(any, representatives[@class]);
            }
        }

        for (var state = 0; open && state < nodes; state++)
        {
            labels[state] = s_any.IsAccepting(state) ? other + 1 : 0;
        }

        var quote = classOfByte['"'];
        transitions[(Dfa.Start * width) + quote] = nodes;
        for (var node = 0; node < _children.Count; node++)
        {
            foreach (var (value, child) in _children[node])
            {
                transitions[((nodes + node) * width) + classOfByte[value]] = nodes + child;
            }

            if (_names[node] is var name and >= 0)
            {
                labels[ends + name] = classOf(name) + 1;
                transitions[((nodes + node) * width) + quote] = labels[ends + name] == 0 ? Dfa.Dead : ends + name;
            }
        }

        return DfaBuilder.Trim(classOfByte, width, transitions, labels);
    }

    private (byte[] ClassOf, List<byte> Representatives) ClassesOfBytes()
    {
        var used = new bool[256];
        used['"'] = true;
        foreach (var children in _children)
        {
            foreach (var value in children.Keys)
            {
                used[value] = true;
            }
        }

        var numbers = new Dictionary<int, byte>();
        var classOf = new byte[256];
        var representatives = new List<byte>();
        for (var value = 0; value < 256; value++)
        {
            var key = used[value] ? 256 + value : s_any.ClassOf[value];
            if (!numbers.TryGetValue(key, out var number))
            {
                number = (byte)representatives.Count;
                numbers.Add(key, number);
                representatives.Add((byte)value);
            }

            classOf[value] = number;
        }

        return (classOf, representatives);
    }
}
