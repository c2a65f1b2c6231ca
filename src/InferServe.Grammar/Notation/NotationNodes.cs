using InferServe.Grammar.Patterns;

namespace InferServe.Grammar.Notation;

/// <summary>Puts nodes together and keeps what is regular in one piece, while its automaton stays small.</summary>
internal static class NotationNodes
{
    /// <summary>States above which parts stay apart.</summary>
    public const long MaxRegularSize = 4_000;

    public static NotationNode Sequence(IReadOnlyList<NotationNode> parts)
    {
        var joined = new List<NotationNode>();
        foreach (var part in parts)
        {
            if (part is NotationNode.Regular next && joined.Count > 0 && joined[^1] is NotationNode.Regular last && last.Size + next.Size <= MaxRegularSize)
            {
                joined[^1] = new NotationNode.Regular(Append(last.Expression, next.Expression), last.Size + next.Size);
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined.Count switch
        {
            0 => new NotationNode.Regular(new RegexNode.Nothing(), 1),
            1 => joined[0],
            _ => new NotationNode.Sequence(joined),
        };
    }

    public static NotationNode Choice(IReadOnlyList<NotationNode> branches)
    {
        if (branches.Count == 1)
        {
            return branches[0];
        }

        var regular = branches.OfType<NotationNode.Regular>().ToList();
        var size = regular.Sum(branch => branch.Size + 2);
        if (regular.Count < 2 || size > MaxRegularSize)
        {
            return new NotationNode.Choice(branches);
        }

        var joined = new NotationNode.Regular(new RegexNode.Alternation([.. regular.Select(branch => branch.Expression)]), size);
        return regular.Count == branches.Count
            ? joined
            : new NotationNode.Choice([joined, .. branches.Where(branch => branch is not NotationNode.Regular)]);
    }

    public static NotationNode Repetition(NotationNode part, int min, int? max)
    {
        var size = part is NotationNode.Regular regular ? regular.Size * Math.Max(1, Math.Max(min + 1, max ?? 0)) : long.MaxValue;
        return part is NotationNode.Regular inner && size <= MaxRegularSize
            ? new NotationNode.Regular(new RegexNode.Repetition(inner.Expression, min, max), size)
            : new NotationNode.Repetition(part, min, max);
    }

    /// <summary>Flat sequences, so that the tree does not become as deep as the text is long.</summary>
    private static RegexNode.Sequence Append(RegexNode first, RegexNode second) => new(
    [
        .. first is RegexNode.Sequence a ? a.Parts : [first],
        .. second is RegexNode.Sequence b ? b.Parts : [second],
    ]);
}
