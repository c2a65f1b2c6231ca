using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>What filters compare elements by.</summary>
internal static class Keys
{
    /// <summary>Strings are compared without case unless the template asks for it.</summary>
    public static JinjaValue Fold(JinjaValue value, bool caseSensitive) =>
        !caseSensitive && value is StringValue text ? new StringValue(CaseMapping.Lower(text.Text)) : value;

    /// <summary>The items in the order of their keys; equal ones keep their order, in reverse too.</summary>
    public static List<JinjaValue> Sort(RenderState state, IEnumerable<(JinjaValue Key, JinjaValue Item)> keyed, bool reverse)
    {
        int direction = reverse ? -1 : 1;
        return [.. Ordering.Sort(state, keyed, (a, b) => direction * Ordering.Compare(state, a.Key, b.Key, "<")).Select(pair => pair.Item)];
    }
}
