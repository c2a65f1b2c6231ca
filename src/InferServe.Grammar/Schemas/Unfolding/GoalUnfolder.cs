using System.Collections.Immutable;
using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Schemas.Unfolding;

/// <summary>
/// Turns a goal into alternatives without choices (a disjunctive normal form). What needs no choice is taken in first, then the choice
/// with the fewest options, so that contradictions cut branches early.
/// </summary>
internal sealed class GoalUnfolder(SchemaReader reader, CompileBudget budget)
{
    private readonly Dictionary<(int, int), bool> _disjoint = [];

    /// <summary>The alternatives; a value fulfils the goal when it fulfils one of them.</summary>
    /// <exception cref="GrammarException">There are too many.</exception>
    public List<Conjunction> Unfold(Goal goal) => Unfold(goal, relaxed: false)
        ?? throw new GrammarException(
            $"The schema at {goal.Pointer} unfolds into more than {nameof(GrammarLimits.MaxAlternatives)} = {budget.Limits.MaxAlternatives} alternatives.");

    /// <param name="goal">What to unfold.</param>
    /// <param name="relaxed">Takes oneOf for anyOf: more values than the goal allows, which is enough to show that there are none.</param>
    /// <returns>Null when there are too many.</returns>
    private List<Conjunction>? Unfold(Goal goal, bool relaxed)
    {
        var results = new List<Conjunction>();
        var open = new Stack<(Conjunction Conjunction, ImmutableStack<Literal> Pending, ImmutableList<List<Option>> Choices)>();
        open.Push((new Conjunction(), [.. goal.Literals.Reverse()], []));
        while (open.TryPop(out var branch))
        {
            var (conjunction, pending, choices) = branch;
            while (!pending.IsEmpty && conjunction.Types != JsonTypes.None)
            {
                budget.Spend(20);
                pending = pending.Pop(out var literal);
                (conjunction, pending, choices) = Take(literal, conjunction, pending, choices, relaxed);
            }

            conjunction = conjunction.Simplified();
            if (conjunction.Types == JsonTypes.None)
            {
                continue;
            }

            if (choices.IsEmpty)
            {
                results.Add(conjunction);
                if (results.Count > budget.Limits.MaxAlternatives)
                {
                    return null;
                }

                continue;
            }

            var choice = choices.MinBy(options => options.Count)!;
            var others = choices.Remove(choice);
            foreach (var option in Enumerable.Reverse(choice))
            {
                budget.Spend(50);
                var restricted = option.Restrict is null ? conjunction : option.Restrict(conjunction).Simplified();
                if (restricted.Types != JsonTypes.None)
                {
                    open.Push((restricted, [.. option.Literals.Reverse()], others));
                }
            }

            if (open.Count > budget.Limits.MaxAlternatives * 4)
            {
                return null;
            }
        }

        return results;
    }

    private (Conjunction Conjunction, ImmutableStack<Literal> Pending, ImmutableList<List<Option>> Choices) Take(
        Literal literal,
        Conjunction conjunction,
        ImmutableStack<Literal> pending,
        ImmutableList<List<Option>> choices,
        bool relaxed)
    {
        if (literal.Schema.Boolean is { } always)
        {
            return (always == literal.Holds ? conjunction : conjunction.Only(JsonTypes.None), pending, choices);
        }

        if (conjunction.Applied.Contains(literal.Negated.Key))
        {
            return (conjunction.Only(JsonTypes.None), pending, choices);
        }

        if (conjunction.Applied.Contains(literal.Key))
        {
            return (conjunction, pending, choices);
        }

        conjunction = conjunction with { Applied = conjunction.Applied.Add(literal.Key) };
        var node = literal.Schema;
        if (!literal.Holds)
        {
            var options = Refutation.OptionsOf(node, reader);
            return options is [{ Restrict: null } only]
                ? (conjunction, only.Literals.Aggregate(pending, (stack, part) => stack.Push(part)), choices)
                : (conjunction, pending, choices.Add(options));
        }

        conjunction = Assertion.Apply(conjunction, node);
        if (node.Reference is not null)
        {
            pending = pending.Push(new Literal(reader.Resolve(node), true));
        }

        pending = node.AllOf.Aggregate(pending, (stack, part) => stack.Push(new Literal(part, true)));
        if (node.Not is { } not)
        {
            pending = pending.Push(new Literal(not, false));
        }

        return (conjunction, pending, choices.AddRange(ChoicesOf(node, relaxed)));
    }

    private IEnumerable<List<Option>> ChoicesOf(SchemaNode node, bool relaxed)
    {
        if (node.AnyOf.Count > 0)
        {
            yield return [.. node.AnyOf.Select(part => Option.Of(new Literal(part, true)))];
        }

        if (node.OneOf.Count > 0)
        {
            yield return [.. node.OneOf.Select(part => relaxed ? Option.Of(new Literal(part, true)) : ExactlyThis(part, node.OneOf))];
        }

        if (node.If is { } condition && (node.Then is not null || node.Else is not null))
        {
            yield return
            [
                Option.Of([new Literal(condition, true), .. node.Then is { } then ? [new Literal(then, true)] : Array.Empty<Literal>()]),
                Option.Of([new Literal(condition, false), .. node.Else is { } @else ? [new Literal(@else, true)] : Array.Empty<Literal>()]),
            ];
        }

        if (node.Values is { Compounds.Count: > 0 } values)
        {
            // Objects and arrays of the list are schemas of their own; everything else is decided by the kinds and values beside them.
            yield return
            [
                Option.Of(conjunction => conjunction.Only(~(JsonTypes.Object | JsonTypes.Array))),
                .. values.Compounds.Select(compound => Option.Of(new Literal(compound, true))),
            ];
        }

        foreach (var (trigger, schema) in node.Object.DependentSchemas.Where(member => member.Schema.Boolean != true))
        {
            yield return
            [
                Option.Of(conjunction => conjunction with
                {
                    Object = conjunction.Object with { Forbidden = conjunction.Object.Forbidden.Add(trigger) },
                }),
                Option.Of(
                    conjunction => conjunction.Only(JsonTypes.Object) with
                    {
                        Object = conjunction.Object with { Required = conjunction.Object.Required.Add(trigger) },
                    },
                    new Literal(schema, true)),
            ];
        }
    }

    private Option ExactlyThis(SchemaNode part, IReadOnlyList<SchemaNode> all) => Option.Of(
    [
        new Literal(part, true),
        .. all.Where(other => other != part && !AreDisjoint(part, other)).Select(other => new Literal(other, false)),
    ]);

    /// <summary>Whether it is plain that no value fulfils both. When it is not, the negation is unfolded, which is exact as well.</summary>
    private bool AreDisjoint(SchemaNode left, SchemaNode right)
    {
        var key = left.Id < right.Id ? (left.Id, right.Id) : (right.Id, left.Id);
        if (!_disjoint.TryGetValue(key, out var disjoint))
        {
            const int levels = 3;
            disjoint = IsPlainlyEmpty(new Goal([new Literal(left, true), new Literal(right, true)]), levels);
            _disjoint.Add(key, disjoint);
        }

        return disjoint;
    }

    private bool IsPlainlyEmpty(Goal goal, int levels)
    {
        if (goal.IsPlainlyFalse)
        {
            return true;
        }

        return levels > 0 && Unfold(goal, relaxed: true) is { } alternatives
            && alternatives.All(alternative => alternative.Types == JsonTypes.Object && HasImpossibleMember(alternative.Object, levels));
    }

    private bool HasImpossibleMember(ObjectConstraint constraint, int levels) => constraint.Required.Any(name =>
        IsPlainlyEmpty(new Goal(constraint.ValueOf(name, _ => false).Where(literal => !IsByPattern(constraint, literal))), levels - 1));

    /// <summary>Whether patterns were left aside, so that <c>additionalProperties</c> may not apply.</summary>
    private static bool IsByPattern(ObjectConstraint constraint, Literal literal) =>
        constraint.Scopes.Any(scope => scope.Patterns.Count > 0 && scope.Additional == literal);
}
