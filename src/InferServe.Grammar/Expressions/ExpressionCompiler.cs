using System.Text;
using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;
using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Expressions;

/// <summary>Turns public expressions into nodes of the machine. Recursion is bounded by <see cref="GrammarLimits.MaxNesting"/>.</summary>
internal sealed class ExpressionCompiler(Vocabulary vocabulary, CompileBudget budget)
{
    private int _nesting;

    public Vocabulary Vocabulary { get; } = vocabulary;

    public CompileBudget Budget { get; } = budget;

    public Expression Compile(GrammarExpression expression)
    {
        if (++_nesting > Budget.Limits.MaxNesting)
        {
            throw new GrammarException($"The grammar is nested deeper than {nameof(GrammarLimits.MaxNesting)} = {Budget.Limits.MaxNesting}.");
        }

        Budget.Spend(100);
        var compiled = expression.Compile(this);
        _nesting--;
        return compiled;
    }

    /// <summary>Exactly one of the texts.</summary>
    public DfaTerminal Texts(IEnumerable<string> texts)
    {
        var nfa = new Nfa(Budget);
        var (start, final) = (nfa.AddState(), nfa.AddState());
        foreach (var text in texts)
        {
            nfa.AddText(start, Encoding.UTF8.GetBytes(text), final);
        }

        return new DfaTerminal(SubsetConstruction.Determinize(nfa, start, final, Budget));
    }
}
