using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Filters over the elements of a value.</summary>
internal static class SequenceFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["length"] = Length,
        ["count"] = Length,
        ["first"] = static (s, input, _) =>
            Iteration.Of(s, input).FirstOrDefault() ?? new UndefinedValue("No first item, sequence was empty."),
        ["last"] = static (s, input, _) =>
            Reversed(s, input).FirstOrDefault() ?? new UndefinedValue("No last item, sequence was empty."),
        ["list"] = static (s, input, _) => new ListValue([.. Iteration.Of(s, input)]),
        ["reverse"] = Reverse,
        ["join"] = Join,
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["batch"] = static (s, input, a) => Batch(s, input, a.Bind(s, "batch", "linecount", "fill_with")),
        ["slice"] = static (s, input, a) => Slice(s, input, a.Bind(s, "slice", "slices", "fill_with")),
    };

    private static IntegerValue Length(RenderState state, JinjaValue input, CallArguments arguments)
    {
        state.Scan(input is StringValue text ? text.Text.Length : 0);
        return new IntegerValue(Truth.Length(input) ?? throw state.Fail($"object of type '{input.TypeName}' has no len()"));
    }

    private static IEnumerable<JinjaValue> Reversed(RenderState state, JinjaValue input) => input is IteratorValue
        ? throw state.Fail($"'{input.TypeName}' object is not reversible")
        : Iteration.Of(state, input).Reverse();

    private static JinjaValue Reverse(RenderState state, JinjaValue input, CallArguments arguments) => input is StringValue
        ? Slicing.Slice(state, input, start: null, stop: null, step: new IntegerValue(-1))
        : new IteratorValue(Iteration.Of(state, input, "argument must be iterable").Reverse(), "list_reverseiterator");

    private static StringValue Join(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "join", "d", "attribute");
        JinjaValue? attribute = bound[1];
        string separator = PythonRepr.Str(state, bound[0] ?? StringValue.Empty);
        IEnumerable<JinjaValue> items = Iteration.Of(state, input);
        items = attribute is null or NoneValue ? items : items.Select(item => Member.Path(state, item, attribute));
        return new StringValue(StringOperations.Join(state, separator, items.Select(item => PythonRepr.Str(state, item))));
    }

    private static ListValue Sort(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "sort", "reverse", "case_sensitive", "attribute");
        bool caseSensitive = bound.Flag(1);
        IReadOnlyList<JinjaValue> paths = bound[2] is StringValue names
            ? [.. names.Text.Split(',').Select(name => new StringValue(name))]
            : [bound[2] ?? NoneValue.Instance];
        IEnumerable<(JinjaValue Key, JinjaValue Item)> keyed = Iteration.Of(state, input).Select(item => (
            (JinjaValue)new ListValue([.. paths.Select(path => Keys.Fold(Member.Path(state, item, path), caseSensitive))]), item));
        return new ListValue(Keys.Sort(state, keyed, bound.Flag(0)));
    }

    private static IteratorValue Unique(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "unique", "case_sensitive", "attribute");
        bool caseSensitive = bound.Flag(0);
        JinjaValue path = bound[1] ?? NoneValue.Instance;
        var seen = new HashSet<JinjaValue>(KeyComparer.Instance);
        return new IteratorValue(Iteration.Of(state, input).Where(item =>
        {
            JinjaValue key = Keys.Fold(Member.Path(state, item, path), caseSensitive);
            return seen.Add(DictKeys.Require(state, key));
        }));
    }

    private static IteratorValue Batch(RenderState state, JinjaValue input, BoundArguments bound)
    {
        int size = Math.Max(1, bound.Integer(0, 1));
        JinjaValue? fill = bound[1] is NoneValue ? null : bound[1];
        return new IteratorValue(Lazily(() => Iteration.Of(state, input)).Chunk(size).Select(chunk =>
        {
            int missing = fill is null ? 0 : size - chunk.Length;
            state.Step(missing);
            return new ListValue([.. chunk, .. Enumerable.Repeat(fill ?? NoneValue.Instance, missing)]);
        }));
    }

    /// <summary>The reference's filter is a generator: what is wrong with its input shows when the first element is asked for.</summary>
    private static IEnumerable<JinjaValue> Lazily(Func<IEnumerable<JinjaValue>> items)
    {
        foreach (JinjaValue item in items())
        {
            yield return item;
        }
    }

    private static IteratorValue Slice(RenderState state, JinjaValue input, BoundArguments bound)
    {
        List<JinjaValue> items = [.. Iteration.Of(state, input)];
        int count = bound.Integer(0, 0);
        if (count == 0)
        {
            throw state.Fail("integer division or modulo by zero");
        }

        state.Step(Math.Max(0, count));
        JinjaValue? fill = bound[1] is NoneValue ? null : bound[1];
        int size = items.Count / count;
        int longer = items.Count % count;
        return new IteratorValue(Enumerable.Range(0, Math.Max(0, count)).Select(i =>
        {
            int begin = (i * size) + Math.Min(i, longer);
            List<JinjaValue> part = items.GetRange(begin, size + (i < longer ? 1 : 0));
            return new ListValue(fill is not null && i >= longer ? [.. part, fill] : part);
        }));
    }
}
