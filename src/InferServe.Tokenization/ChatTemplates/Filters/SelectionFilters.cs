using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Tests;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The lazy filters <c>map</c>, <c>select</c>, <c>reject</c>, <c>selectattr</c>, <c>rejectattr</c>.</summary>
internal static class SelectionFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["map"] = static (s, input, a) => Truth.Of(input) ? new IteratorValue(Map(s, input, a)) : new IteratorValue([]),
        ["select"] = static (s, input, a) => Select(s, input, a, byAttribute: false, wanted: true),
        ["reject"] = static (s, input, a) => Select(s, input, a, byAttribute: false, wanted: false),
        ["selectattr"] = static (s, input, a) => Select(s, input, a, byAttribute: true, wanted: true),
        ["rejectattr"] = static (s, input, a) => Select(s, input, a, byAttribute: true, wanted: false),
    };

    private static IEnumerable<JinjaValue> Map(RenderState state, JinjaValue input, CallArguments arguments)
    {
        Func<JinjaValue, JinjaValue> change = Change(state, arguments);
        foreach (JinjaValue item in Iteration.Of(state, input))
        {
            yield return change(item);
        }
    }

    private static Func<JinjaValue, JinjaValue> Change(RenderState state, CallArguments arguments)
    {
        if (arguments.Positional.Count == 0)
        {
            BoundArguments bound = arguments.Bind(state, "map", "attribute", "default");
            JinjaValue path = bound[0] ?? throw state.Fail("map requires a filter argument");
            JinjaValue? otherwise = bound[1] is NoneValue ? null : bound[1];
            return item => Member.Path(state, item, path, otherwise);
        }

        string name = NameOf(state, arguments.Positional[0], "filter");
        CallArguments rest = arguments.Skip(1);
        return item => FilterTable.Apply(state, name, item, rest);
    }

    private static IteratorValue Select(RenderState state, JinjaValue input, CallArguments arguments, bool byAttribute, bool wanted) =>
        Truth.Of(input) ? new IteratorValue(Matching(state, input, arguments, byAttribute, wanted)) : new IteratorValue([]);

    private static IEnumerable<JinjaValue> Matching(
        RenderState state, JinjaValue input, CallArguments arguments, bool byAttribute, bool wanted)
    {
        int used = byAttribute ? 1 : 0;
        if (arguments.Positional.Count < used)
        {
            throw state.Fail("Missing parameter for attribute name");
        }

        JinjaValue path = byAttribute ? arguments.Positional[0] : NoneValue.Instance;
        bool hasTest = arguments.Positional.Count > used;
        string test = hasTest ? NameOf(state, arguments.Positional[used], "test") : "";
        CallArguments rest = arguments.Skip(used + 1);
        foreach (JinjaValue item in Iteration.Of(state, input))
        {
            JinjaValue value = Member.Path(state, item, path);
            bool holds = hasTest ? TestTable.Apply(state, test, value, rest) : Truth.Of(value);
            if (holds == wanted)
            {
                yield return item;
            }
        }
    }

    private static string NameOf(RenderState state, JinjaValue value, string kind) =>
        value is StringValue name ? name.Text : throw state.Fail($"the name of a {kind} must be a string, not '{value.TypeName}'");
}
