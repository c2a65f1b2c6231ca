using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Masks;

/// <summary>
/// Which tokens a state allows. For each terminal that may be under way, the tokens that stay inside it come from
/// <see cref="TerminalMasks"/>; only tokens that reach beyond its end are followed with the whole state. Thread-safe.
/// </summary>
internal sealed class MaskComputer(Vocabulary vocabulary, GrammarMachine machine)
{
    private readonly TerminalMasks _terminals = new(vocabulary, machine);

    /// <summary>Memory taken, about.</summary>
    public long KeptBytes => _terminals.KeptBytes;

    /// <summary>Adds the tokens that the state allows; end tokens are not among them.</summary>
    /// <exception cref="GrammarException">It takes too many steps.</exception>
    public void AddTo(MachineState state, Span<ulong> mask, WorkMeter meter) => MaskOf(state, meter).AddTo(mask);

    /// <summary>
    /// Whether no token may follow. Only where the text may end, or where the vocabulary lacks a token for what must come.
    /// </summary>
    public bool AllowsNothing(MachineState state, WorkMeter meter) => MaskOf(state, meter).IsEmpty;

    private TokenSet MaskOf(MachineState state, WorkMeter meter)
    {
        if (state.Mask is not { } known)
        {
            meter.BeginMask();
            known = Compute(state, meter);
            state.Mask = known;
            machine.Keep(known.Bytes);
        }

        return known;
    }

    private TokenSet Compute(MachineState state, WorkMeter meter)
    {
        var mask = new ulong[vocabulary.MaskWords];
        var path = new MachineState[vocabulary.Trie.MaxDepth + 1];
        foreach (var (terminal, terminalState, continuation) in state.Items)
        {
            if (terminal is TokenTerminal expected)
            {
                mask[expected.Token >> 6] |= 1UL << (expected.Token & 63);
                continue;
            }

            var own = _terminals.Get(terminal, terminalState, meter);
            own.Inside.AddTo(mask);
            var behind = new Dictionary<int, MachineState?>();
            foreach (var (node, borderState) in own.Borders)
            {
                var kind = terminal.CompletionKind(borderState);
                if (!behind.TryGetValue(kind, out var next))
                {
                    next = machine.After(terminal, borderState, continuation, meter);
                    behind.Add(kind, next);
                }

                if (next is { Items.Length: > 0 })
                {
                    WalkBelow(node, next, mask, path, meter);
                }
            }
        }

        return TokenSet.FromMask(mask);
    }

    /// <summary>Adds the tokens below a node that the state can follow.</summary>
    private void WalkBelow(int root, MachineState state, ulong[] mask, MachineState[] path, WorkMeter meter)
    {
        var trie = vocabulary.Trie;
        var (values, ends, depths, tokens) = (trie.Values, trie.Ends, trie.Depths, trie.Tokens);
        path[depths[root]] = state;
        var end = ends[root];
        var node = root + 1;
        while (node < end)
        {
            var depth = depths[node];
            if (machine.Next(path[depth - 1], values[node], meter) is not { } next)
            {
                node = ends[node];
                continue;
            }

            path[depth] = next;
            for (var token = tokens[node]; token >= 0; token = trie.SameBytes[token])
            {
                mask[token >> 6] |= 1UL << (token & 63);
            }

            node++;
        }
    }
}
