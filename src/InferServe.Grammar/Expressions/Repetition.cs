using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Expressions;

internal sealed class Repetition(GrammarExpression part, int min, int? max) : GrammarExpression
{
    private readonly GrammarExpression _part = part ?? throw new ArgumentNullException(nameof(part));

    internal override string Key => $"*{min},{max}({_part.Key})";

    internal override Expression Compile(ExpressionCompiler compiler)
    {
        var limit = compiler.Budget.Limits.MaxRepetitions;
        if (min < 0 || max < min || Math.Max(min, max ?? 0) > limit)
        {
            throw new GrammarException(
                $"A repetition asks for {min} to {(max is null ? "any number of" : $"{max}")} times; counts go from 0 to {nameof(GrammarLimits.MaxRepetitions)} = {limit}.");
        }

        return new RepeatExpression(compiler.Compile(_part), min, max);
    }
}
