using System.Numerics;

namespace InferServe.Grammar.Json;

/// <summary>Whether an object with some members can still be completed: the reason why no member is begun that leads into a dead end.</summary>
internal static class ObjectCompletion
{
    /// <summary>Classes that must still occur, because they are required or others depend on them; -1 stands for a forbidden key.</summary>
    public static HashSet<int> Missing(ObjectExpression expression, ObjectMembers members)
    {
        var missing = new HashSet<int>();
        var pending = new Stack<int>();
        foreach (var required in expression.Rules.Required)
        {
            Ask(required);
        }

        foreach (var (trigger, _) in expression.Rules.Dependents)
        {
            if (members.Seen.Contains(trigger))
            {
                AskDependents(trigger);
            }
        }

        while (pending.TryPop(out var member))
        {
            AskDependents(member);
        }

        return missing;

        void Ask(int member)
        {
            if ((member < 0 || !members.Seen.Contains(member)) && missing.Add(member))
            {
                pending.Push(member);
            }
        }

        void AskDependents(int trigger)
        {
            if (expression.Rules.Dependents.TryGetValue(trigger, out var dependents))
            {
                foreach (var dependent in dependents)
                {
                    Ask(dependent);
                }
            }
        }
    }

    /// <summary>Whether the object may end.</summary>
    public static bool CanEnd(ObjectExpression expression, ObjectMembers members) =>
        members.Count >= expression.Rules.MinMembers
        && members.Met == expression.Rules.AllObligations
        && Missing(expression, members).Count == 0;

    /// <summary>
    /// Whether some further members complete the object. Exact, except that with several obligations and a bound on the number of members
    /// each obligation counts as one member of its own.
    /// </summary>
    public static bool CanComplete(ObjectExpression expression, ObjectMembers members)
    {
        var rules = expression.Rules;
        var missing = Missing(expression, members);
        if (missing.Any(member => member < 0 || !expression.Classes[member].IsProductive))
        {
            return false;
        }

        var unmet = rules.AllObligations & ~members.Met;
        var further = 0;
        for (var rest = unmet; rest != 0; rest &= rest - 1)
        {
            var obligation = 1UL << BitOperations.TrailingZeroCount(rest);
            if (missing.Any(member => expression.Classes[member].CanMeet(obligation)))
            {
                continue;
            }

            further++;
            if (!HasAvailable(expression, members, member => member.CanMeet(obligation)))
            {
                return false;
            }
        }

        if (rules.MaxMembers is { } max && members.Count + missing.Count + further > max)
        {
            return false;
        }

        return members.Count >= rules.MinMembers || members.Count + Capacity(expression, members) >= rules.MinMembers;
    }

    private static bool HasAvailable(ObjectExpression expression, ObjectMembers members, Func<MemberClass, bool> condition)
    {
        for (var index = 0; index < expression.Classes.Count; index++)
        {
            var member = expression.Classes[index];
            if (!(member.IsNamed && members.Seen.Contains(index)) && condition(member))
            {
                return true;
            }
        }

        return false;
    }

    private static long Capacity(ObjectExpression expression, ObjectMembers members)
    {
        var capacity = 0L;
        for (var index = 0; index < expression.Classes.Count; index++)
        {
            var member = expression.Classes[index];
            if (member.IsProductive && !(member.IsNamed && members.Seen.Contains(index)))
            {
                capacity += member.IsNamed ? 1 : int.MaxValue;
            }
        }

        return capacity;
    }
}
