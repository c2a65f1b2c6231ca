using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Filters over dicts and attributes.</summary>
internal static class MappingFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["items"] = Items,
        ["dictsort"] = DictSort,
        ["attr"] = static (s, input, a) => Attribute(s, input, a.Bind(s, "attr", "name").RequiredText(0)),
    };

    private static JinjaValue Attribute(RenderState state, JinjaValue input, string name) =>
        Member.FindAttribute(state, input, name) ?? UndefinedValue.Attribute(input, name);

    private static IteratorValue Items(RenderState state, JinjaValue input, CallArguments arguments) => input switch
    {
        UndefinedValue => new IteratorValue([]),
        DictValue dict => new IteratorValue(Iteration.Of(state, new DictViewValue(DictViewKind.Items, dict))),
        _ => new IteratorValue(FailsWhenVisited(state)),
    };

    /// <summary>The reference's filter is a generator: the error shows when the first pair is asked for.</summary>
    private static IEnumerable<JinjaValue> FailsWhenVisited(RenderState state)
    {
        yield return Refused(state);
    }

    private static JinjaValue Refused(RenderState state) => throw state.Fail("Can only get item pairs from a mapping.");

    private static ListValue DictSort(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "dictsort", "case_sensitive", "by", "reverse");
        bool caseSensitive = bound.Flag(0);
        string by = bound.Text(1) ?? "key";
        if (by is not ("key" or "value"))
        {
            throw state.Fail("You can only sort by either \"key\" or \"value\"");
        }

        if (input is not DictValue dict)
        {
            throw state.Fail((input as UndefinedValue ?? UndefinedValue.Attribute(input, "items")).Reason);
        }

        return new ListValue(Keys.Sort(
            state,
            dict.Items.Select(pair =>
                (Keys.Fold(by == "key" ? pair.Key : pair.Value, caseSensitive), (JinjaValue)new TupleValue([pair.Key, pair.Value]))),
            bound.Flag(2)));
    }
}
