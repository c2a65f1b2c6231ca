namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>A dict in order of insertion. Keys are strings, numbers, booleans, None or short, flat tuples of those.</summary>
internal sealed class DictValue : JinjaValue
{
    private readonly OrderedDictionary<JinjaValue, JinjaValue> _items = new(KeyComparer.Instance);

    public override string TypeName => "dict";

    public int Count => _items.Count;

    public IReadOnlyList<KeyValuePair<JinjaValue, JinjaValue>> Items => _items;

    /// <summary>Adds or replaces while the dict is being made.</summary>
    public void Set(JinjaValue key, JinjaValue value) => _items[key] = value;

    public bool TryGet(JinjaValue key, out JinjaValue value) => _items.TryGetValue(key, out value!);

    public bool TryGet(string key, out JinjaValue value) => TryGet(new StringValue(key), out value);
}
