using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Expressions;

internal sealed class Combination(Combination.Kind kind, IReadOnlyList<GrammarExpression> parts) : GrammarExpression
{
    private readonly IReadOnlyList<GrammarExpression> _parts = [.. parts ?? throw new ArgumentNullException(nameof(parts))];

    public enum Kind
    {
        Sequence,
        Choice,
    }

    internal override string Key => $"{(kind == Kind.Sequence ? '&' : '|')}{_parts.Count}({string.Concat(_parts.Select(part => part.Key))})";

    internal override Expression Compile(ExpressionCompiler compiler)
    {
        if (kind == Kind.Sequence)
        {
            return new SequenceExpression([.. _parts.Select(compiler.Compile)]);
        }

        if (_parts.Count == 0)
        {
            throw new GrammarException("A choice needs at least one branch.");
        }

        // Many literal texts are one automaton: no more than one state is under way then.
        var texts = _parts.OfType<LiteralText>().Select(part => part.Text).ToList();
        var others = _parts.Where(part => part is not LiteralText).Select(compiler.Compile).ToList();
        return texts.Count == 0 ? new ChoiceExpression([.. others]) : new ChoiceExpression([compiler.Texts(texts), .. others]);
    }
}
