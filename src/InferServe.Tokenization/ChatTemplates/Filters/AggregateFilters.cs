using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that make one value of many, and groups.</summary>
internal static class AggregateFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["sum"] = Sum,
        ["min"] = static (s, input, a) => Extreme(s, input, a.Bind(s, "min", "case_sensitive", "attribute"), 1),
        ["max"] = static (s, input, a) => Extreme(s, input, a.Bind(s, "max", "case_sensitive", "attribute"), -1),
        ["groupby"] = GroupBy,
    };

    private static JinjaValue Sum(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "sum", "attribute", "start");
        JinjaValue path = bound[0] ?? NoneValue.Instance;
        JinjaValue start = bound[1] ?? new IntegerValue(0);
        if (start is StringValue)
        {
            throw state.Fail("sum() can't sum strings [use ''.join(seq) instead]");
        }

        return Iteration.Of(state, input).Aggregate(
            start, (sum, item) => Arithmetic.Apply(state, BinaryOperator.Add, sum, Member.Path(state, item, path)));
    }

    /// <param name="state">The rendering.</param>
    /// <param name="input">The elements.</param>
    /// <param name="bound">case_sensitive and attribute.</param>
    /// <param name="direction">1 for the least, -1 for the greatest element; the first of equal ones.</param>
    private static JinjaValue Extreme(RenderState state, JinjaValue input, BoundArguments bound, int direction)
    {
        bool caseSensitive = bound.Flag(0);
        JinjaValue path = bound[1] ?? NoneValue.Instance;
        JinjaValue? best = null;
        JinjaValue? bestKey = null;
        foreach (JinjaValue item in Iteration.Of(state, input))
        {
            JinjaValue key = Keys.Fold(Member.Path(state, item, path), caseSensitive);
            if (bestKey is null || direction * Ordering.Compare(state, key, bestKey, direction > 0 ? "<" : ">") < 0)
            {
                (best, bestKey) = (item, key);
            }
        }

        return best ?? new UndefinedValue("No aggregated item, sequence was empty.");
    }

    private static ListValue GroupBy(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "groupby", "attribute", "default", "case_sensitive");
        JinjaValue path = bound.Required(0);
        JinjaValue? otherwise = bound[1] is NoneValue ? null : bound[1];
        bool caseSensitive = bound.Flag(2);
        List<(JinjaValue Key, JinjaValue Item)> keyed =
            [.. Iteration.Of(state, input).Select(item => (Keys.Fold(Member.Path(state, item, path, otherwise), caseSensitive), item))];
        List<JinjaValue> groups = [];
        List<JinjaValue> members = [];
        JinjaValue? current = null;
        foreach ((JinjaValue key, JinjaValue item) in Ordering.Sort(state, keyed, (a, b) => Ordering.Compare(state, a.Key, b.Key, "<")))
        {
            if (current is null || !Equality.AreEqual(state, current, key))
            {
                members = [];
                groups.Add(new TupleValue([Member.Path(state, item, path, otherwise), new ListValue(members)], ["grouper", "list"]));
                current = key;
            }

            members.Add(item);
        }

        return new ListValue(groups);
    }
}
