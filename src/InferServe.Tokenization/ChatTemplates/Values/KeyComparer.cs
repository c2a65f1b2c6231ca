using System.Numerics;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>Python's equality and hash of dict keys: <c>1</c>, <c>1.0</c> and <c>True</c> are one key.</summary>
internal sealed class KeyComparer : IEqualityComparer<JinjaValue>
{
    public static KeyComparer Instance { get; } = new();

    /// <summary>Keys that are tuples are short and flat, so that a look-up takes constant time.</summary>
    private const int MaxTupleLength = 16;

    /// <summary>Whether a value can be a key: lists and dicts cannot, nor tuples that are long or nested.</summary>
    public static bool IsHashable(JinjaValue value) => value is TupleValue tuple
        ? tuple.Items.Count <= MaxTupleLength && tuple.Items.All(item => item is not TupleValue && IsHashable(item))
        : value is not (ListValue or DictValue or DictViewValue);

    public bool Equals(JinjaValue? x, JinjaValue? y) => (x, y) switch
    {
        (StringValue a, StringValue b) => a.Text == b.Text,
        (TupleValue a, TupleValue b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => Equals(pair.First, pair.Second)),
        (UndefinedValue, UndefinedValue) => true,
        _ => ReferenceEquals(x, y) || (x is not null && y is not null && Numbers.TryCompare(x, y, out int order) && order == 0),
    };

    public int GetHashCode(JinjaValue obj) => obj switch
    {
        StringValue text => text.Text.GetHashCode(StringComparison.Ordinal),
        BooleanValue flag => new BigInteger(flag.Value ? 1 : 0).GetHashCode(),
        IntegerValue number => number.Value.GetHashCode(),
        FloatValue number when double.IsInteger(number.Value) => new BigInteger(number.Value).GetHashCode(),
        FloatValue number => number.Value.GetHashCode(),
        TupleValue tuple => tuple.Items.Aggregate(tuple.Items.Count, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        UndefinedValue => 1,
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj),
    };
}
