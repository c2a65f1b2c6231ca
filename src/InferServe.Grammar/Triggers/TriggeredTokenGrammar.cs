using System.Collections.Concurrent;
using InferServe.Grammar.Constraints;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Masks;

namespace InferServe.Grammar.Triggers;

/// <summary>A compiled <see cref="TriggeredGrammar"/>. Immutable and thread-safe, apart from what it remembers.</summary>
internal sealed class TriggeredTokenGrammar : IKeptGrammar
{
    private readonly ConcurrentDictionary<int, TokenSet> _refused = new();
    private readonly IReadOnlyDictionary<int, int> _machineOfToken;
    private readonly TriggerFinder _finder;
    private readonly IReadOnlyList<int> _machineOfText;

    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="machines">For each trigger the machine of what follows, which ends with <see cref="AnythingTerminal"/>.</param>
    /// <param name="texts">The texts that trigger, each with its machine.</param>
    /// <param name="tokens">The tokens that trigger, each with its machine.</param>
    public TriggeredTokenGrammar(
        Vocabulary vocabulary,
        IReadOnlyList<GrammarMachine> machines,
        IReadOnlyList<(byte[] Text, int Machine)> texts,
        IReadOnlyDictionary<int, int> tokens)
    {
        Vocabulary = vocabulary;
        Machines = machines;
        Masks = [.. machines.Select(machine => new MaskComputer(vocabulary, machine))];
        _machineOfToken = tokens;
        _finder = new TriggerFinder([.. texts.Select(trigger => trigger.Text)]);
        _machineOfText = [.. texts.Select(trigger => trigger.Machine)];
        TokensWithTrigger = [.. Enumerable.Range(0, vocabulary.Size).Where(token => HoldsTrigger(vocabulary.BytesOf(token)))];
    }

    public Vocabulary Vocabulary { get; }

    public IReadOnlyList<GrammarMachine> Machines { get; }

    public IReadOnlyList<MaskComputer> Masks { get; }

    /// <summary>Tokens that hold a whole trigger text.</summary>
    public IReadOnlyList<int> TokensWithTrigger { get; }

    public long KeptBytes => Machines.Sum(machine => machine.KeptBytes) + Masks.Sum(masks => masks.KeptBytes) + _refused.Values.Sum(set => set.Bytes);

    /// <summary>Whether the grammar of a trigger is complete in a state.</summary>
    public static bool IsComplete(MachineState state) => state.Items.Any(item => item.Terminal is AnythingTerminal);

    public ITokenConstraint Start() => new TriggeredConstraint(this);

    /// <summary>The place in a text after one more byte, or null when the byte is not allowed.</summary>
    public TriggeredPlace? Next(TriggeredPlace place, byte value, WorkMeter meter)
    {
        if (place.State is null)
        {
            var seen = _finder.Next(place.Seen, value);
            var found = _finder.Found(seen);
            return found < 0 ? TriggeredPlace.Free(seen) : Begin(_machineOfText[found]);
        }

        return Machines[place.Machine].Next(place.State, value, meter) is { } next ? At(place.Machine, next) : null;
    }

    /// <summary>The place after a token's bytes, or null.</summary>
    public TriggeredPlace? Next(TriggeredPlace place, ReadOnlySpan<byte> bytes, WorkMeter meter)
    {
        foreach (var value in bytes)
        {
            if (Next(place, value, meter) is not { } next)
            {
                return null;
            }

            place = next;
        }

        return place;
    }

    /// <summary>The place after a token that triggers or that the grammar asks for by its number, or null.</summary>
    public TriggeredPlace? NextToken(TriggeredPlace place, int token, WorkMeter meter)
    {
        if (place.State is null)
        {
            return _machineOfToken.TryGetValue(token, out var machine) ? Begin(machine) : null;
        }

        return Machines[place.Machine].NextToken(place.State, token, meter) is { } next ? At(place.Machine, next) : null;
    }

    /// <summary>In free text, the tokens that hold the end of a trigger and then something that its grammar does not allow.</summary>
    public TokenSet RefusedAt(int seen) => _refused.GetOrAdd(seen, FindRefused);

    /// <summary>Counts the work of one text.</summary>
    public WorkMeter NewMeter() => new(Machines[0].Limits);

    private bool HoldsTrigger(ReadOnlySpan<byte> bytes)
    {
        var seen = 0;
        foreach (var value in bytes)
        {
            seen = _finder.Next(seen, value);
            if (_finder.Found(seen) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private TokenSet FindRefused(int seen)
    {
        var trie = Vocabulary.Trie;
        var path = new TriggeredPlace?[trie.MaxDepth + 1];
        path[0] = TriggeredPlace.Free(seen);
        var refused = new ulong[Vocabulary.MaskWords];
        var meter = NewMeter();
        for (var node = 1; node < trie.NodeCount; node++)
        {
            var depth = trie.Depths[node];
            path[depth] = path[depth - 1] is { } before ? Next(before, trie.Values[node], meter) : null;
            for (var token = trie.Tokens[node]; token >= 0 && path[depth] is null; token = trie.SameBytes[token])
            {
                if (!_machineOfToken.ContainsKey(token))
                {
                    refused[token >> 6] |= 1UL << (token & 63);
                }
            }
        }

        return TokenSet.FromMask(refused);
    }

    private TriggeredPlace Begin(int machine) => At(machine, Machines[machine].Start);

    /// <summary>The grammar is left where it is complete for the first time.</summary>
    private static TriggeredPlace At(int machine, MachineState state) =>
        IsComplete(state) ? TriggeredPlace.Free(0) : new TriggeredPlace(machine, state, 0);
}
