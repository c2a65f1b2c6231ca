using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Expressions;

internal sealed class LiteralText(string text) : GrammarExpression
{
    public string Text { get; } = text ?? throw new ArgumentNullException(nameof(text));

    internal override string Key => $"L{Text.Length}:{Text}";

    internal override Expression Compile(ExpressionCompiler compiler) => compiler.Texts([Text]);
}
