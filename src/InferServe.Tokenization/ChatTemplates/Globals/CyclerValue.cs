using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Globals;

/// <summary>What <c>cycler(a, b, …)</c> gives: the items one after the other, again and again.</summary>
internal sealed class CyclerValue(IReadOnlyList<JinjaValue> items) : JinjaValue
{
    private int _position;

    public override string TypeName => "Cycler";

    /// <summary>An attribute, or null.</summary>
    public JinjaValue? Attribute(string name) => name switch
    {
        "current" => items[_position],
        "pos" => new IntegerValue(_position),
        "items" => new TupleValue(items),
        "next" => new FunctionValue(name, (_, _) => Next()),
        "reset" => new FunctionValue(name, (_, _) => Reset()),
        _ => null,
    };

    private JinjaValue Next()
    {
        JinjaValue item = items[_position];
        _position = (_position + 1) % items.Count;
        return item;
    }

    private NoneValue Reset()
    {
        _position = 0;
        return NoneValue.Instance;
    }
}
