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

    /// <summary>Whether some further members complete the object.</summary>
    public static bool CanComplete(ObjectExpression expression, ObjectMembers members)
    {
        var rules = expression.Rules;
        var missing = Missing(expression, members);
        if (missing.Any(member => member < 0 || !expression.Classes[member].IsProductive))
        {
            return false;
        }

        var room = rules.MaxMembers is { } max ? max - members.Count - missing.Count : int.MaxValue;
        return room >= 0
            && ObligationCover.Exists(expression, members, missing, room)
            && (members.Count >= rules.MinMembers || members.Count + Capacity(expression, members) >= rules.MinMembers);
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
