using InferServe.Grammar.Machine;
using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Expressions;

internal sealed class RegexText(string pattern) : GrammarExpression
{
    private readonly string _pattern = pattern ?? throw new ArgumentNullException(nameof(pattern));

    internal override string Key => $"R{_pattern.Length}:{_pattern}";

    internal override Expression Compile(ExpressionCompiler compiler) =>
        new DfaTerminal(RegexCompiler.CompileWhole(_pattern, "The grammar", TextForm.Plain, compiler.Budget));
}
