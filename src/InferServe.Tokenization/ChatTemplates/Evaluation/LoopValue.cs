using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>
/// The variable <c>loop</c>. It looks one element ahead only when asked to, so that a loop over an iterator stays lazy.
/// </summary>
/// <param name="items">The elements.</param>
/// <param name="length">Their number, or null when it shows at the end only.</param>
/// <param name="depth">How many loops are around this one by recursion.</param>
internal sealed class LoopValue(IEnumerable<JinjaValue> items, int? length, int depth) : JinjaValue
{
    private readonly IEnumerator<JinjaValue> _items = items.GetEnumerator();
    private readonly Queue<JinjaValue> _ahead = new();
    private int? _length = length;
    private JinjaValue? _previous;
    private JinjaValue? _lastChanged;

    public override string TypeName => "LoopContext";

    /// <summary>Runs the loop over other elements; null unless it is marked as recursive.</summary>
    public Func<JinjaValue, JinjaValue>? Recurse { get; set; }

    /// <summary>From 0; -1 before the first turn.</summary>
    public int Index0 { get; private set; } = -1;

    public int Index => Index0 + 1;

    public JinjaValue? Current { get; private set; }

    public int Length => _length ??= CountAhead();

    public bool MoveNext()
    {
        if (!Peek())
        {
            return false;
        }

        _previous = Current;
        Current = _ahead.Dequeue();
        Index0++;
        return true;
    }

    /// <summary>An attribute of <c>loop</c>, or null.</summary>
    public JinjaValue? Attribute(string name) => name switch
    {
        "index" => new IntegerValue(Index),
        "index0" => new IntegerValue(Index0),
        "first" => BooleanValue.Of(Index0 == 0),
        "last" => BooleanValue.Of(!Peek()),
        "length" => new IntegerValue(Length),
        "revindex" => new IntegerValue(Length - Index0),
        "revindex0" => new IntegerValue(Length - Index),
        "previtem" => Index0 == 0 ? new UndefinedValue("there is no previous item") : _previous,
        "nextitem" => Peek() ? _ahead.Peek() : new UndefinedValue("there is no next item"),
        "depth" => new IntegerValue(depth + 1),
        "depth0" => new IntegerValue(depth),
        "cycle" => new FunctionValue("cycle", Cycle),
        "changed" => new FunctionValue("changed", Changed),
        _ => null,
    };

    private bool Peek()
    {
        if (_ahead.Count == 0 && _items.MoveNext())
        {
            _ahead.Enqueue(_items.Current);
        }

        return _ahead.Count > 0;
    }

    private int CountAhead()
    {
        while (_items.MoveNext())
        {
            _ahead.Enqueue(_items.Current);
        }

        return Index + _ahead.Count;
    }

    private JinjaValue Cycle(RenderState state, CallArguments arguments) => arguments.Positional.Count == 0
        ? throw state.Fail("no items for cycling given")
        : arguments.Positional[Index0 % arguments.Positional.Count];

    private BooleanValue Changed(RenderState state, CallArguments arguments)
    {
        var value = new TupleValue(arguments.Positional);
        bool changed = _lastChanged is null || !Equality.AreEqual(state, _lastChanged, value);
        _lastChanged = value;
        return BooleanValue.Of(changed);
    }
}
