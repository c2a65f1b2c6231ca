using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Automata;

/// <summary>Boolean combinations of automata by running both side by side.</summary>
internal static class DfaProduct
{
    /// <summary>Texts that both accept.</summary>
    public static Dfa Intersect(Dfa left, Dfa right, CompileBudget budget) =>
        Combine(left, right, false, false, (a, b) => a != 0 && b != 0 ? 1 : 0, budget);

    /// <summary>Texts that one of them accepts.</summary>
    public static Dfa Union(Dfa left, Dfa right, CompileBudget budget) =>
        Combine(left, right, true, true, (a, b) => a != 0 || b != 0 ? 1 : 0, budget);

    /// <summary>Texts that the first accepts and the second does not.</summary>
    public static Dfa Difference(Dfa left, Dfa right, CompileBudget budget) =>
        Combine(left, right, false, true, (a, b) => a != 0 && b == 0 ? 1 : 0, budget);

    /// <summary>
    /// Runs both; <paramref name="label"/> gives the label of a pair from the labels of its parts (0 for one that has ended). With
    /// <paramref name="leftMayDie"/> the first may have no transition while the second runs on, and the other way round.
    /// </summary>
    public static Dfa Combine(Dfa left, Dfa right, bool leftMayDie, bool rightMayDie, Func<int, int, int> label, CompileBudget budget)
    {
        var (classOf, leftClass, rightClass) = ByteClasses.Join(left, right);
        return DfaBuilder.Explore(
            (Left: Dfa.Start, Right: Dfa.Start),
            classOf,
            leftClass.Length,
            (state, @class) =>
            {
                var nextLeft = state.Left == Dfa.Dead ? Dfa.Dead : left.NextOfClass(state.Left, leftClass[@class]);
                var nextRight = state.Right == Dfa.Dead ? Dfa.Dead : right.NextOfClass(state.Right, rightClass[@class]);
                var exists = (nextLeft != Dfa.Dead || leftMayDie) && (nextRight != Dfa.Dead || rightMayDie)
                    && (nextLeft != Dfa.Dead || nextRight != Dfa.Dead);
                return (exists, (nextLeft, nextRight));
            },
            state => label(state.Left == Dfa.Dead ? 0 : left.Label(state.Left), state.Right == Dfa.Dead ? 0 : right.Label(state.Right)),
            budget);
    }
}
