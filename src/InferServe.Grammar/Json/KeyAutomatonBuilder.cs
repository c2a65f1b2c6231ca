using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Json;

/// <summary>Builds a <see cref="KeyAutomaton"/> from the names and patterns that a schema mentions.</summary>
internal static class KeyAutomatonBuilder
{
    /// <summary>Most patterns of one object: each is one bit of a label.</summary>
    public const int MaxPatterns = 30;

    /// <param name="names">Keys that are told apart one by one.</param>
    /// <param name="patterns">Automata of bodies in <see cref="TextForm.JsonString"/>.</param>
    /// <param name="classOf">The member class of a key, from the index of its name or -1 and one bit for each pattern it matches; -1: forbidden.</param>
    /// <param name="budget">Bounds the work.</param>
    public static KeyAutomaton Build(IReadOnlyList<string> names, IReadOnlyList<Dfa> patterns, Func<int, uint, int> classOf, CompileBudget budget)
    {
        var trie = new KeyTrie(names, budget);
        if (patterns.Count == 0)
        {
            return new KeyAutomaton(trie.Build(name => classOf(name, 0), classOf(-1, 0)));
        }

        // Labels of the product: the mask of matching patterns, above a bit that is always set.
        var matches = JsonStrings.CanonicalBody;
        for (var i = 0; i < patterns.Count; i++)
        {
            var bit = 2 << i;
            matches = DfaProduct.Combine(matches, patterns[i], false, true, (all, one) => all == 0 || one == 0 ? all : all | bit, budget);
        }

        // Labels of the trie: 1 for keys without a name, 2 + index for the others.
        var byName = trie.Build(name => name + 1, 0);
        var combined = DfaProduct.Combine(
            byName,
            JsonStrings.Quote(matches),
            false,
            false,
            (name, mask) => name == 0 || mask == 0 ? 0 : classOf(name - 2, (uint)mask >> 1) + 1,
            budget);
        return new KeyAutomaton(combined);
    }
}
