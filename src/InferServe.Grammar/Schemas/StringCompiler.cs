using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Json;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Patterns;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>Turns what a string has to fulfil into terminals. Equal constraints give the same terminal.</summary>
internal sealed class StringCompiler(CompileBudget budget)
{
    private readonly Dictionary<string, Terminal> _terminals = [];
    private readonly Dictionary<(string, bool), Dfa> _patterns = [];

    /// <summary>The terminal with quotes; unproductive when no string fulfils the constraint.</summary>
    public Terminal Compile(StringConstraint constraint)
    {
        if (constraint.IsFree)
        {
            return JsonStrings.Free;
        }

        var key = constraint.Key();
        if (_terminals.TryGetValue(key, out var known))
        {
            return known;
        }

        var onlyLength = constraint is { Allowed: null, Forbidden.IsEmpty: true, Patterns.IsEmpty: true };
        Terminal terminal = onlyLength
            ? new CountedStringTerminal(constraint.MinLength, constraint.MaxLength)
            : new StringTerminal(JsonStrings.Quote(CompileBody(constraint)));
        _terminals.Add(key, terminal);
        return terminal;
    }

    /// <summary>The automaton of bodies in <see cref="TextForm.JsonString"/>.</summary>
    public Dfa CompileBody(StringConstraint constraint)
    {
        var result = constraint.Allowed is { } allowed ? Texts(allowed) : JsonStrings.CanonicalBody;
        if (!constraint.Forbidden.IsEmpty)
        {
            result = DfaProduct.Difference(result, Texts(constraint.Forbidden), budget);
        }

        foreach (var pattern in constraint.Patterns)
        {
            var automaton = Pattern(pattern);
            result = pattern.Holds ? DfaProduct.Intersect(result, automaton, budget) : DfaProduct.Difference(result, automaton, budget);
        }

        return constraint.MinLength > 0 || constraint.MaxLength is not null
            ? StringLength.Restrict(result, constraint.MinLength, constraint.MaxLength, budget)
            : result;
    }

    /// <summary>The automaton of a regular expression that must match somewhere.</summary>
    public Dfa SearchPattern(string text, string pointer) => Pattern(new StringPattern(text, false, true, pointer));

    private Dfa Pattern(StringPattern pattern)
    {
        if (!_patterns.TryGetValue((pattern.Text, pattern.IsFormat), out var automaton))
        {
            automaton = pattern.IsFormat
                ? StringFormats.Compile(pattern.Text, budget)
                : RegexCompiler.CompileSearch(pattern.Text, $"The pattern at {pattern.Pointer}", TextForm.JsonString, budget);
            _patterns.Add((pattern.Text, pattern.IsFormat), automaton);
        }

        return automaton;
    }

    private Dfa Texts(IEnumerable<string> texts)
    {
        var nfa = new Nfa(budget);
        var (start, final) = (nfa.AddState(), nfa.AddState());
        foreach (var text in texts)
        {
            nfa.AddText(start, CharacterWriter.Write(text, TextForm.JsonString), final);
        }

        return SubsetConstruction.Determinize(nfa, start, final, budget);
    }
}
