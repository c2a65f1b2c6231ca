using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>The methods of lists and tuples that do not change them.</summary>
internal static class ListMethods
{
    public static bool IsMutating(string name) =>
        name is "append" or "clear" or "extend" or "insert" or "pop" or "remove" or "reverse" or "sort";

    public static JinjaValue? Find(SequenceValue list, string name) => name switch
    {
        "count" => new FunctionValue(name, (state, arguments) => Count(state, list, arguments)),
        "index" => new FunctionValue(name, (state, arguments) => Index(state, list, arguments)),
        "copy" when list is ListValue => new FunctionValue(name, (_, _) => list),
        _ => null,
    };

    private static IntegerValue Count(RenderState state, SequenceValue list, CallArguments arguments)
    {
        JinjaValue item = arguments.Bind(state, "count", "value").Required(0);
        return new IntegerValue(list.Items.Count(other => Equality.AreEqual(state, other, item)));
    }

    private static IntegerValue Index(RenderState state, SequenceValue list, CallArguments arguments)
    {
        JinjaValue item = arguments.Bind(state, "index", "value").Required(0);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (Equality.AreEqual(state, list.Items[i], item))
            {
                return new IntegerValue(i);
            }
        }

        throw state.Fail($"{Formatting.PythonRepr.Repr(state, item)} is not in {list.TypeName}");
    }
}
