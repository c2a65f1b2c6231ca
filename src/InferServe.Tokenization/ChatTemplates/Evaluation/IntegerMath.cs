using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Whole numbers of any size within the limit; quotients round down and remainders have the divisor's sign.</summary>
internal static class IntegerMath
{
    public static JinjaValue Apply(RenderState state, BinaryOperator symbol, BigInteger a, BigInteger b) => symbol switch
    {
        BinaryOperator.Add => state.Integer(a + b),
        BinaryOperator.Subtract => state.Integer(a - b),
        BinaryOperator.Multiply => state.Integer(a * b),
        BinaryOperator.Divide when b.IsZero => throw state.Fail("division by zero"),
        BinaryOperator.Divide => new FloatValue((double)a / (double)b),
        BinaryOperator.FloorDivide or BinaryOperator.Modulo when b.IsZero => throw state.Fail("integer division or modulo by zero"),
        BinaryOperator.FloorDivide => state.Integer(Floor(a, b)),
        BinaryOperator.Modulo => state.Integer(a - (Floor(a, b) * b)),
        _ => Power(state, a, b),
    };

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger remainder);
        return !remainder.IsZero && remainder.Sign != b.Sign ? quotient - 1 : quotient;
    }

    private static JinjaValue Power(RenderState state, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            return FloatMath.Apply(state, BinaryOperator.Power, (double)a, (double)b);
        }

        if (b.IsZero || a.IsOne || a.IsZero)
        {
            return new IntegerValue(b.IsZero ? BigInteger.One : a);
        }

        // The result has at least (bits - 1) * exponent bits; -1 and 1 stay small but gain nothing from large exponents.
        state.CheckIntegerBits((long)BigInteger.Min(long.MaxValue, BigInteger.Max(1, a.GetBitLength() - 1) * b));
        return state.Integer(BigInteger.Pow(a, (int)b));
    }
}
