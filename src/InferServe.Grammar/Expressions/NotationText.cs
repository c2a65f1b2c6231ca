using InferServe.Grammar.Machine;
using InferServe.Grammar.Notation;

namespace InferServe.Grammar.Expressions;

internal sealed class NotationText(string grammar) : GrammarExpression
{
    private readonly string _grammar = grammar ?? throw new ArgumentNullException(nameof(grammar));

    internal override string Key => $"N{_grammar.Length}:{_grammar}";

    internal override Expression Compile(ExpressionCompiler compiler) => NotationCompiler.Compile(_grammar, compiler.Budget);
}
