namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>
/// What filters such as <c>map</c> and <c>select</c> give: elements are made when they are asked for, once. A second loop over the
/// same iterator finds nothing, as in Python.
/// </summary>
internal sealed class IteratorValue(IEnumerable<JinjaValue> items, string typeName = "generator") : JinjaValue
{
    private readonly IEnumerator<JinjaValue> _remaining = items.GetEnumerator();

    public override string TypeName => typeName;

    public bool TryNext(out JinjaValue item)
    {
        bool found = _remaining.MoveNext();
        item = found ? _remaining.Current : NoneValue.Instance;
        return found;
    }
}
