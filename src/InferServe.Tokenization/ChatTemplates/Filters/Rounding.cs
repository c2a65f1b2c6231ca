using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>The filter <c>round(precision, method)</c>; <c>common</c> rounds half to even, as Python does.</summary>
internal static class Rounding
{
    public static JinjaValue Round(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "round", "precision", "method");
        int precision = bound.Integer(0, 0);
        string method = bound.Text(1) ?? "common";
        if (!Numbers.IsNumber(input))
        {
            throw state.Fail(input is UndefinedValue undefined
                ? undefined.Reason
                : $"type {input.TypeName} doesn't define __round__ method");
        }

        if (method == "common" && Numbers.TryInteger(input, out BigInteger whole))
        {
            return new IntegerValue(precision >= 0 ? whole : Whole(state, whole, -precision));
        }

        double value = Numbers.ToDouble(input);
        return new FloatValue(method switch
        {
            "common" => HalfToEven(value, precision),
            "ceil" => Math.Ceiling(value * Math.Pow(10, precision)) / Math.Pow(10, precision),
            "floor" => Math.Floor(value * Math.Pow(10, precision)) / Math.Pow(10, precision),
            _ => throw state.Fail("method must be common, ceil or floor"),
        });
    }

    /// <summary>A whole number rounded to tens, hundreds and so on, half to even.</summary>
    private static BigInteger Whole(RenderState state, BigInteger value, int zeros)
    {
        if (zeros > 1 + (value.GetBitLength() / 3))
        {
            return BigInteger.Zero;
        }

        state.CheckIntegerBits(zeros * 4L);
        BigInteger unit = BigInteger.Pow(10, zeros);
        BigInteger quotient = BigInteger.DivRem(value, unit, out BigInteger remainder);
        int half = (BigInteger.Abs(remainder) * 2).CompareTo(unit);
        bool away = half > 0 || (half == 0 && !quotient.IsEven);
        return (quotient + (away ? value.Sign : 0)) * unit;
    }

    /// <summary>Rounds the exact binary value: 2.675 is a little less than it looks and becomes 2.67.</summary>
    private static double HalfToEven(double value, int precision)
    {
        if (!double.IsFinite(value) || precision > 300)
        {
            return value;
        }

        if (precision <= 0)
        {
            double scale = Math.Pow(10, -Math.Max(precision, -308));
            return precision < -308 ? 0 : Math.Round(value / scale, MidpointRounding.ToEven) * scale;
        }

        // The "F" format rounds the exact decimal expansion; a tie can only occur where it is short and is then even by Math.Round.
        return precision <= 15 && IsTie(value, precision)
            ? Math.Round(value, precision, MidpointRounding.ToEven)
            : double.Parse(
                value.ToString($"F{precision}", System.Globalization.CultureInfo.InvariantCulture),
                System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsTie(double value, int precision)
    {
        double scaled = Math.Abs(value) * Math.Pow(10, precision);
        return scaled < 1e15 && scaled - Math.Floor(scaled) == 0.5 && (value * Math.Pow(2, precision + 1)) % 1 == 0;
    }
}
