using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Expressions;

internal sealed class CertainToken(int token) : GrammarExpression
{
    internal override string Key => $"T{token};";

    internal override Expression Compile(ExpressionCompiler compiler) => compiler.Vocabulary.Contains(token)
        ? new TokenTerminal(token)
        : throw new GrammarException($"The grammar asks for token {token}; the vocabulary has {compiler.Vocabulary.Size} tokens.");
}
