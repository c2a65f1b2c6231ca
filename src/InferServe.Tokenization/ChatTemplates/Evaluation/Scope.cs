using InferServe.Tokenization.ChatTemplates.Globals;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>
/// Names and their values. A loop's turn, a macro's call and a block's body have scopes of their own: they see the names around
/// them, but what they set ends with them. <c>if</c> has none.
/// </summary>
internal sealed class Scope(Scope? parent)
{
    private Dictionary<string, JinjaValue>? _values;

    public void Set(string name, JinjaValue value) => (_values ??= new(StringComparer.Ordinal))[name] = value;

    /// <summary>The innermost value of a name, else the global function of that name, else undefined.</summary>
    public JinjaValue Get(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._values is not null && scope._values.TryGetValue(name, out JinjaValue? value))
            {
                return value;
            }
        }

        return GlobalFunctions.Find(name) ?? UndefinedValue.Name(name);
    }

    private Scope? Parent { get; } = parent;
}
