namespace InferServe.Tokenization.ChatTemplates.Values;

internal enum DictViewKind
{
    Keys,
    Values,
    Items,
}

/// <summary>What a dict's <c>keys()</c>, <c>values()</c> and <c>items()</c> give: it can be counted and visited, not indexed.</summary>
internal sealed class DictViewValue(DictViewKind kind, DictValue dict) : JinjaValue
{
    public DictViewKind Kind { get; } = kind;

    public DictValue Dict { get; } = dict;

    public override string TypeName => Kind switch
    {
        DictViewKind.Keys => "dict_keys",
        DictViewKind.Values => "dict_values",
        _ => "dict_items",
    };

    public JinjaValue At(int index)
    {
        (JinjaValue key, JinjaValue value) = Dict.Items[index];
        return Kind switch
        {
            DictViewKind.Keys => key,
            DictViewKind.Values => value,
            _ => new TupleValue([key, value]),
        };
    }
}
