namespace InferServe.Grammar.Json;

/// <summary>
/// Whether the obligations that an object has not met yet can be met: by members that must come anyway, and by further ones for which there is
/// room. One member may meet several; a named one occurs once. There are few obligations, so the search is short.
/// </summary>
internal static class ObligationCover
{
    /// <param name="expression">The object.</param>
    /// <param name="members">The members so far.</param>
    /// <param name="missing">Classes that must still occur.</param>
    /// <param name="room">How many members may come besides those.</param>
    public static bool Exists(ObjectExpression expression, ObjectMembers members, HashSet<int> missing, int room)
    {
        var unmet = expression.Rules.AllObligations & ~members.Met;
        if (unmet == 0)
        {
            return true;
        }

        var used = members.Seen;
        var open = new HashSet<ulong> { unmet };
        foreach (var member in missing)
        {
            var variants = expression.Classes[member].Variants.Where(variant => variant.Value.IsProductive).ToList();
            open = [.. open.SelectMany(rest => variants.Select(variant => rest & ~variant.Meets))];
            used = expression.Classes[member].IsNamed ? used.With(member) : used;
        }

        return open.Any(rest => CanMeet(expression, rest, room, used));
    }

    private static bool CanMeet(ObjectExpression expression, ulong unmet, int room, BitSet used)
    {
        if (unmet == 0 || room <= 0)
        {
            return unmet == 0;
        }

        var first = unmet & (~unmet + 1);
        var tried = new HashSet<ulong>();
        for (var index = 0; index < expression.Classes.Count; index++)
        {
            var member = expression.Classes[index];
            if (member.IsNamed && used.Contains(index))
            {
                continue;
            }

            foreach (var (value, meets) in member.Variants)
            {
                // Classes that occur as often as one likes are alike where they meet the same.
                if ((meets & first) != 0 && value.IsProductive && (member.IsNamed || tried.Add(meets & unmet))
                    && CanMeet(expression, unmet & ~meets, room - 1, member.IsNamed ? used.With(index) : used))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
