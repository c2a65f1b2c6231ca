using InferServe.Grammar.Compilation;
using InferServe.Grammar.Json;
using InferServe.Grammar.Machine;
using InferServe.Grammar.Schemas.Unfolding;

namespace InferServe.Grammar.Schemas;

/// <summary>Turns what an object has to fulfil into an <see cref="ObjectExpression"/>.</summary>
internal sealed class ObjectCompiler(
    Func<Goal, RuleExpression> ruleOf,
    KeyCompiler keys,
    StringCompiler strings,
    JsonLayout layout,
    CompileBudget budget)
{
    private const int MaxWitnesses = 6;

    public ObjectExpression Compile(ObjectConstraint constraint, string pointer)
    {
        if (constraint.Witnesses.Count > MaxWitnesses)
        {
            throw SchemaErrors.Unsupported(pointer, "not", $"it asks for more than {MaxWitnesses} kinds of members at once");
        }

        // 1. What tells keys apart: names, regular expressions, schemas of keys.
        var names = NamesOf(constraint);
        var conditions = new KeyConditions(strings, keys);
        foreach (var (pattern, place, _) in constraint.Scopes.SelectMany(scope => scope.Patterns))
        {
            conditions.AddPattern(pattern, place);
        }

        foreach (var witness in constraint.Witnesses)
        {
            conditions.Add(witness);
        }

        foreach (var literal in constraint.Names)
        {
            conditions.AddNames(literal.Schema);
        }

        if (conditions.Automata.Count > KeyAutomatonBuilder.MaxPatterns)
        {
            throw SchemaErrors.Unsupported(pointer, "patternProperties", $"at most {KeyAutomatonBuilder.MaxPatterns} expressions can tell the keys of an object apart");
        }

        // 2. Keys that lead to the same schemas are one class; a name is one by itself.
        var classes = new List<MemberClass>();
        var numbers = new Dictionary<(int, uint), int>();
        var automaton = KeyAutomatonBuilder.Build(names, conditions.Automata, ClassOf, budget);
        var classOfName = new int[names.Count];
        for (var name = 0; name < names.Count; name++)
        {
            classOfName[name] = ClassOf(name, conditions.MaskOf(names[name]));
        }

        // 3. Rules for the members together.
        var indexOf = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        var rules = new ObjectRules
        {
            Required = [.. constraint.Required.Select(name => classOfName[indexOf[name]])],
            Dependents = constraint.Dependents.GroupBy(dependent => dependent.Trigger)
                .Where(group => classOfName[indexOf[group.Key]] >= 0)
                .ToDictionary(
                    group => classOfName[indexOf[group.Key]],
                    group => group.SelectMany(dependent => dependent.Names).Select(name => classOfName[indexOf[name]]).Distinct().ToArray()),
            MinMembers = constraint.MinMembers,
            MaxMembers = constraint.MaxMembers,
            Obligations = constraint.Witnesses.Count,
        };
        return new ObjectExpression(automaton, classes, rules, layout);

        int ClassOf(int name, uint mask)
        {
            if (numbers.TryGetValue((name, mask), out var known))
            {
                return known;
            }

            var text = name < 0 ? null : names[name];
            var member = MemberOf(constraint, conditions, text, mask);
            var number = member is null ? -1 : classes.Count;
            if (member is not null)
            {
                classes.Add(member);
            }

            numbers.Add((name, mask), number);
            return number;
        }
    }

    private static List<string> NamesOf(ObjectConstraint constraint)
    {
        // In the order of the schema, so that generation that follows likelihood alone finds names early in the same place.
        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        IEnumerable<string> all =
        [
            .. constraint.Scopes.SelectMany(scope => scope.Properties.Keys),
            .. constraint.Required,
            .. constraint.Forbidden,
            .. constraint.Dependents.SelectMany(dependent => dependent.Names.Append(dependent.Trigger)),
            .. constraint.Witnesses.SelectMany(witness => witness.AdditionalOf?.Properties.Keys ?? []),
        ];
        foreach (var name in all)
        {
            names[name] = true;
        }

        return [.. names.Keys];
    }

    private MemberClass? MemberOf(ObjectConstraint constraint, KeyConditions conditions, string? name, uint mask)
    {
        if ((name is not null && constraint.Forbidden.Contains(name)) || constraint.Names.Any(literal => !conditions.FulfilsNames(literal.Schema, mask)))
        {
            return null;
        }

        var basis = constraint.ValueOf(name, pattern => conditions.Matches(pattern, mask)).ToList();
        if (new Goal(basis).IsPlainlyFalse)
        {
            return null;
        }

        var witnesses = constraint.Witnesses
            .Select((witness, index) => (witness, index))
            .Where(pair => conditions.IsKeyOf(pair.witness, name, mask))
            .ToList();
        var variants = new List<(Expression, ulong)>();
        for (var chosen = 0; chosen < 1 << witnesses.Count; chosen++)
        {
            var taken = witnesses.Where((_, position) => (chosen >> position & 1) != 0).ToList();
            var goal = new Goal(basis.Concat(taken.Select(pair => pair.witness.Value).OfType<Literal>()));
            if (!goal.IsPlainlyFalse)
            {
                variants.Add((ruleOf(goal), taken.Aggregate(0UL, (bits, pair) => bits | (1UL << pair.index))));
            }
        }

        budget.Spend(variants.Count * 10);
        return new MemberClass(variants, name is not null);
    }
}
