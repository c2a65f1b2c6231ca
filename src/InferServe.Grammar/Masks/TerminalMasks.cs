using System.Collections.Concurrent;
using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Masks;

/// <summary>Computes and keeps the part of masks that depends on a terminal alone. Thread-safe.</summary>
internal sealed class TerminalMasks(Vocabulary vocabulary, GrammarMachine machine)
{
    /// <summary>How many nodes of the trie cost as much as one step elsewhere.</summary>
    private const int NodesOfStep = 8;

    private readonly ConcurrentDictionary<(Terminal, int), TerminalMask> _own = new();
    private long _ownBytes;

    /// <summary>Memory taken, about, without what all grammars share.</summary>
    public long KeptBytes => Interlocked.Read(ref _ownBytes);

    /// <param name="terminal">The terminal.</param>
    /// <param name="state">Its state.</param>
    /// <param name="meter">Counts the work when the mask is not known yet.</param>
    public TerminalMask Get(Terminal terminal, int state, WorkMeter meter)
    {
        var masks = terminal.IsShared ? vocabulary.SharedMasks : _own;
        if (masks.TryGetValue((terminal, state), out var known))
        {
            return known;
        }

        var mask = terminal.ComputeMask(state, this, meter) ?? Walk(terminal, state, meter);
        meter.Spend(1 + ((vocabulary.MaskWords + mask.Borders.Length) / NodesOfStep));
        masks[(terminal, state)] = mask;
        if (!terminal.IsShared && Interlocked.Add(ref _ownBytes, mask.Bytes) > machine.Limits.MaxCachedBytes)
        {
            Interlocked.Exchange(ref _ownBytes, 0);
            _own.Clear();
        }

        return mask;
    }

    /// <summary>A mask without those tokens that end the terminal at a border which the caller does not accept.</summary>
    /// <param name="mask">The mask of a terminal that takes all that is asked for and more.</param>
    /// <param name="stateAt">The state at a border from the bytes on the way there, or <see cref="Terminal.Dead"/>.</param>
    public TerminalMask Restrict(TerminalMask mask, Func<ReadOnlySpan<byte>, int> stateAt)
    {
        var trie = vocabulary.Trie;
        var inside = new ulong[vocabulary.MaskWords];
        mask.Inside.AddTo(inside);
        var borders = new List<(int, int)>(mask.Borders.Length);
        Span<byte> path = stackalloc byte[Vocabulary.MaxTokenBytes];
        foreach (var (node, _) in mask.Borders)
        {
            trie.CopyPath(node, path);
            var state = stateAt(path[..trie.Depths[node]]);
            if (state != Terminal.Dead)
            {
                borders.Add((node, state));
                continue;
            }

            for (var token = trie.Tokens[node]; token >= 0; token = trie.SameBytes[token])
            {
                inside[token >> 6] &= ~(1UL << (token & 63));
            }
        }

        return new TerminalMask(TokenSet.FromMask(inside), [.. borders]);
    }

    /// <summary>Bytes of the longest token.</summary>
    public int LongestToken => vocabulary.Trie.MaxDepth;

    /// <summary>A mask of string content without tokens that begin more characters than there is room for.</summary>
    public TerminalMask WithoutLonger(TerminalMask mask, int room)
    {
        var inside = new ulong[vocabulary.MaskWords];
        mask.Inside.AddTo(inside);
        vocabulary.StringLengths.RemoveLonger(inside, room);
        return mask with { Inside = TokenSet.FromMask(inside) };
    }

    /// <summary>Follows all tokens at once from the terminal's state.</summary>
    private TerminalMask Walk(Terminal terminal, int state, WorkMeter meter)
    {
        var trie = vocabulary.Trie;
        var (values, ends, depths, tokens) = (trie.Values, trie.Ends, trie.Depths, trie.Tokens);
        var states = new int[trie.MaxDepth + 1];
        states[0] = state;
        var inside = new ulong[vocabulary.MaskWords];
        var borders = new List<(int, int)>();
        var visited = 0L;
        var node = 1;
        while (node < values.Length)
        {
            visited++;
            var depth = depths[node];
            var next = terminal.Next(states[depth - 1], values[node]);
            if (next == Terminal.Dead)
            {
                node = ends[node];
                continue;
            }

            states[depth] = next;
            for (var token = tokens[node]; token >= 0; token = trie.SameBytes[token])
            {
                inside[token >> 6] |= 1UL << (token & 63);
            }

            if (terminal.IsAccepting(next))
            {
                borders.Add((node, next));
            }

            node++;
        }

        meter.Spend(visited / NodesOfStep);
        return new TerminalMask(TokenSet.FromMask(inside), [.. borders]);
    }
}
