using InferServe.Grammar.Json;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>Turns what an array has to fulfil into an <see cref="ArrayExpression"/>.</summary>
internal sealed class ArrayCompiler(Func<Goal, RuleExpression> ruleOf, JsonLayout layout)
{
    private const int MaxWitnesses = 6;

    public Expression Compile(ArrayConstraint constraint)
    {
        if (constraint.Witnesses.Count > MaxWitnesses)
        {
            throw SchemaErrors.Unsupported(constraint.Witnesses[0].Value.Schema.Pointer, "contains", $"more than {MaxWitnesses} kinds of elements are asked for at once");
        }

        var prefixLength = constraint.PrefixLength;
        var prefix = new List<MemberClass>();
        for (var index = 0; index < prefixLength && index < (constraint.MaxElements ?? int.MaxValue); index++)
        {
            prefix.Add(ElementAt(constraint, index));
        }

        var rest = ElementAt(constraint, prefixLength);
        if (constraint.UniqueAt is { } pointer && constraint.MaxElements is not <= 1)
        {
            throw SchemaErrors.Unsupported(pointer, "uniqueItems", "the elements would have to be remembered");
        }

        return new ArrayExpression(prefix, rest, constraint.MinElements, constraint.MaxElements, constraint.Witnesses.Count, layout);
    }

    private MemberClass ElementAt(ArrayConstraint constraint, int index)
    {
        var basis = constraint.ElementAt(index).ToList();
        var witnesses = constraint.Witnesses.Select((witness, number) => (witness, number)).Where(pair => index >= pair.witness.From).ToList();
        var variants = new List<(Expression, ulong)>();
        for (var chosen = 0; chosen < 1 << witnesses.Count; chosen++)
        {
            var taken = witnesses.Where((_, position) => (chosen >> position & 1) != 0).ToList();
            var goal = new Goal(basis.Concat(taken.Select(pair => pair.witness.Value)));
            if (!goal.IsPlainlyFalse)
            {
                variants.Add((ruleOf(goal), taken.Aggregate(0UL, (bits, pair) => bits | (1UL << pair.number))));
            }
        }

        return new MemberClass(variants);
    }
}
