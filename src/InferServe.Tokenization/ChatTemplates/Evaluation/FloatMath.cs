using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

internal static class FloatMath
{
    public static FloatValue Apply(RenderState state, BinaryOperator symbol, double a, double b)
    {
        if (b == 0 && symbol is (BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo))
        {
            throw state.Fail(symbol switch
            {
                BinaryOperator.Divide => "float division by zero",
                BinaryOperator.FloorDivide => "float floor division by zero",
                _ => "float modulo",
            });
        }

        return new FloatValue(symbol switch
        {
            BinaryOperator.Add => a + b,
            BinaryOperator.Subtract => a - b,
            BinaryOperator.Multiply => a * b,
            BinaryOperator.Divide => a / b,
            BinaryOperator.FloorDivide => Math.Floor((a - Modulo(a, b)) / b),
            BinaryOperator.Modulo => Modulo(a, b),
            _ => Power(state, a, b),
        });
    }

    /// <summary>The remainder with the divisor's sign.</summary>
    private static double Modulo(double a, double b)
    {
        double remainder = a % b;
        return remainder == 0 ? Math.CopySign(0, b)
            : (remainder < 0) != (b < 0) ? remainder + b
            : remainder;
    }

    private static double Power(RenderState state, double a, double b)
    {
        if (a == 0 && b < 0)
        {
            throw state.Fail("0.0 cannot be raised to a negative power");
        }

        double power = Math.Pow(a, b);
        bool isReal = !double.IsNaN(power) || double.IsNaN(a) || double.IsNaN(b);
        return isReal ? power : throw state.Fail("a power with a complex result is not supported");
    }
}
