using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>The methods of dicts that do not change them.</summary>
internal static class DictMethods
{
    public static bool IsMutating(string name) => name is "clear" or "pop" or "popitem" or "setdefault" or "update";

    public static JinjaValue? Find(DictValue dict, string name) => name switch
    {
        "items" => View(dict, name, DictViewKind.Items),
        "keys" => View(dict, name, DictViewKind.Keys),
        "values" => View(dict, name, DictViewKind.Values),
        "get" => new FunctionValue(name, (state, arguments) => Get(state, dict, arguments)),
        "copy" => new FunctionValue(name, (_, _) => dict),
        _ => null,
    };

    private static FunctionValue View(DictValue dict, string name, DictViewKind kind) => new(name, (state, arguments) =>
    {
        arguments.Bind(state, name);
        return new DictViewValue(kind, dict);
    });

    private static JinjaValue Get(RenderState state, DictValue dict, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "get", "key", "default");
        return dict.TryGet(DictKeys.Require(state, bound.Required(0)), out JinjaValue value) ? value : bound[1] ?? NoneValue.Instance;
    }
}
