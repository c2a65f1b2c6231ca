using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>urlencode</c>: a text for a path, or a dict or pairs for a query.</summary>
internal static class UrlEncoding
{
    public static string Encode(RenderState state, JinjaValue input)
    {
        if (input is StringValue || !Iteration.IsIterable(input))
        {
            return state.Built(Uri.EscapeDataString(PythonRepr.Str(state, input)).Replace("%2F", "/", StringComparison.Ordinal));
        }

        IEnumerable<JinjaValue> pairs = Iteration.Of(state, input is DictValue dict ? new DictViewValue(DictViewKind.Items, dict) : input);
        return StringOperations.Join(state, "&", pairs.Select(pair =>
        {
            List<JinjaValue> two = [.. Iteration.Of(state, pair).Take(3)];
            return two.Count == 2
                ? $"{Query(state, two[0])}={Query(state, two[1])}"
                : throw state.Fail($"{(two.Count > 2 ? "too many" : "not enough")} values to unpack (expected 2)");
        }));
    }

    private static string Query(RenderState state, JinjaValue value) =>
        state.Built(Uri.EscapeDataString(PythonRepr.Str(state, value)).Replace("%20", "+", StringComparison.Ordinal));
}
