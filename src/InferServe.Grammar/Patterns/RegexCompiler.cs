using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Patterns;

/// <summary>Turns regular expressions into automata.</summary>
internal static class RegexCompiler
{
    /// <summary>The automaton of the texts that match as a whole.</summary>
    public static Dfa CompileWhole(string pattern, string where, TextForm form, CompileBudget budget) =>
        Compile(pattern, where, form, search: false, budget);

    /// <summary>The automaton of the texts that contain a match anywhere, as the keyword <c>pattern</c> of JSON Schema means it.</summary>
    public static Dfa CompileSearch(string pattern, string where, TextForm form, CompileBudget budget) =>
        Compile(pattern, where, form, search: true, budget);

    /// <summary>The automaton of a syntax tree that must match as a whole.</summary>
    public static Dfa Compile(RegexNode node, string where, TextForm form, bool search, CompileBudget budget)
    {
        var nfa = new Nfa(budget);
        var writer = new RegexNfaWriter(nfa, form, where);
        var (start, final) = (nfa.AddState(), nfa.AddState());
        if (!search)
        {
            writer.Add(node, start, final);
            return SubsetConstruction.Determinize(nfa, start, final, budget);
        }

        var (before, after) = (nfa.AddState(), nfa.AddState());
        nfa.AddEmpty(start, before);
        writer.Characters.Add(before, CharacterSet.All, before);
        writer.Add(node, before, after);
        nfa.AddEmpty(after, final);
        writer.Characters.Add(after, CharacterSet.All, after);
        return SubsetConstruction.Determinize(nfa, start, final, budget);
    }

    private static Dfa Compile(string pattern, string where, TextForm form, bool search, CompileBudget budget)
    {
        var node = RegexParser.Parse(pattern, where, budget.Limits);
        if (node is not RegexNode.Sequence { Parts: [RegexNode.StartAnchor, RegexNode.LookAhead, ..] } sequence)
        {
            return Compile(node, where, form, search, budget);
        }

        // Look-aheads directly behind a leading ^ ask about the whole text: they become intersections.
        var lookAheads = sequence.Parts.Skip(1).TakeWhile(part => part is RegexNode.LookAhead).Cast<RegexNode.LookAhead>().ToList();
        var rest = new RegexNode.Sequence([new RegexNode.StartAnchor(), .. sequence.Parts.Skip(1 + lookAheads.Count)]);
        var result = Compile(rest, where, form, search, budget);
        foreach (var lookAhead in lookAheads)
        {
            var anchored = new RegexNode.Sequence([new RegexNode.StartAnchor(), lookAhead.Part]);
            var begins = Compile(anchored, where, form, search: true, budget);
            result = lookAhead.Negative ? DfaProduct.Difference(result, begins, budget) : DfaProduct.Intersect(result, begins, budget);
        }

        return result;
    }
}
