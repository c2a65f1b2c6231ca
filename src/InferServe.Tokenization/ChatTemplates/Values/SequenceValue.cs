namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>A list or a tuple.</summary>
internal abstract class SequenceValue(IReadOnlyList<JinjaValue> items) : JinjaValue
{
    public IReadOnlyList<JinjaValue> Items { get; } = items;
}

internal sealed class ListValue(IReadOnlyList<JinjaValue> items) : SequenceValue(items)
{
    public override string TypeName => "list";
}

/// <param name="items">The elements.</param>
/// <param name="fields">The elements' names where they have some, as the groups of the filter <c>groupby</c> do.</param>
internal sealed class TupleValue(IReadOnlyList<JinjaValue> items, IReadOnlyList<string>? fields = null) : SequenceValue(items)
{
    public IReadOnlyList<string> Fields { get; } = fields ?? [];

    public override string TypeName => "tuple";
}
