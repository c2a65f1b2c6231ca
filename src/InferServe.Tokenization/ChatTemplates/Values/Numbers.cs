using System.Numerics;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>Booleans are numbers, as in Python.</summary>
internal static class Numbers
{
    public static bool IsNumber(JinjaValue value) => value is IntegerValue or FloatValue or BooleanValue;

    public static bool TryInteger(JinjaValue value, out BigInteger number)
    {
        number = value switch
        {
            IntegerValue integer => integer.Value,
            BooleanValue { Value: true } => BigInteger.One,
            _ => BigInteger.Zero,
        };
        return value is IntegerValue or BooleanValue;
    }

    /// <summary>The value as a float; callers have checked that it is a number.</summary>
    public static double ToDouble(JinjaValue value) =>
        value is FloatValue number ? number.Value : TryInteger(value, out BigInteger integer) ? (double)integer : double.NaN;

    /// <summary>Compares two numbers of any kinds; false when one is not a number or NaN.</summary>
    public static bool TryCompare(JinjaValue left, JinjaValue right, out int order)
    {
        order = 0;
        if (!IsNumber(left) || !IsNumber(right))
        {
            return false;
        }

        if (TryInteger(left, out BigInteger a) && TryInteger(right, out BigInteger b))
        {
            order = a.CompareTo(b);
            return true;
        }

        double x = ToDouble(left);
        double y = ToDouble(right);
        order = x.CompareTo(y);
        return !double.IsNaN(x) && !double.IsNaN(y);
    }
}
