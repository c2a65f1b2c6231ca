using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>The elements of a value, as Python's <c>iter()</c> gives them.</summary>
internal static class Iteration
{
    public static bool IsIterable(JinjaValue value) =>
        value is StringValue or SequenceValue or DictValue or DictViewValue or RangeValue or IteratorValue or UndefinedValue;

    /// <exception cref="TemplateException">The value has no elements: at once, not at the first of them.</exception>
    public static IEnumerable<JinjaValue> Of(RenderState state, JinjaValue value, string? otherwise = null) => IsIterable(value)
        ? Counted(state, value)
        : throw state.Fail(otherwise ?? $"'{value.TypeName}' object is not iterable");

    private static IEnumerable<JinjaValue> Counted(RenderState state, JinjaValue value)
    {
        state.Step();
        foreach (JinjaValue item in Elements(value))
        {
            state.Step();
            yield return item;
        }
    }

    private static IEnumerable<JinjaValue> Elements(JinjaValue value) => value switch
    {
        StringValue text => PythonText.CodePoints(text.Text).Select(c => new StringValue(c)),
        SequenceValue sequence => sequence.Items,
        DictValue dict => dict.Items.Select(pair => pair.Key),
        DictViewValue view => Enumerable.Range(0, view.Dict.Count).Select(view.At),
        RangeValue range => Enumerable.Range(0, range.Count).Select(range.At),
        IteratorValue iterator => Remaining(iterator),
        _ => [],
    };

    private static IEnumerable<JinjaValue> Remaining(IteratorValue iterator)
    {
        while (iterator.TryNext(out JinjaValue item))
        {
            yield return item;
        }
    }
}
