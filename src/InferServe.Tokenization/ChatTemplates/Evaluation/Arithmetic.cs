using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Syntax;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>Python's operators on numbers, and <c>+</c>, <c>*</c> and <c>%</c> on strings and lists.</summary>
internal static class Arithmetic
{
    public static JinjaValue Apply(RenderState state, BinaryOperator symbol, JinjaValue left, JinjaValue right)
    {
        bool isFormat = symbol == BinaryOperator.Modulo && left is StringValue;
        if ((left as UndefinedValue ?? right as UndefinedValue) is { } undefined && !isFormat)
        {
            throw state.Fail(undefined.Reason);
        }

        if (Numbers.TryInteger(left, out BigInteger a) && Numbers.TryInteger(right, out BigInteger b))
        {
            return IntegerMath.Apply(state, symbol, a, b);
        }

        if (Numbers.IsNumber(left) && Numbers.IsNumber(right))
        {
            return FloatMath.Apply(state, symbol, Numbers.ToDouble(left), Numbers.ToDouble(right));
        }

        return symbol switch
        {
            BinaryOperator.Add => Concatenation.Add(state, left, right),
            BinaryOperator.Multiply => Concatenation.Repeat(state, left, right),
            BinaryOperator.Modulo when left is StringValue format => PrintfFormat.Format(state, format, right),
            _ => throw Unsupported(state, symbol, left, right),
        };
    }

    public static JinjaValue Sign(RenderState state, bool negative, JinjaValue operand) => operand switch
    {
        UndefinedValue undefined => throw state.Fail(undefined.Reason),
        FloatValue number => new FloatValue(negative ? -number.Value : number.Value),
        _ when Numbers.TryInteger(operand, out BigInteger number) => new IntegerValue(negative ? -number : number),
        _ => throw state.Fail($"bad operand type for unary {(negative ? '-' : '+')}: '{operand.TypeName}'"),
    };

    public static TemplateException Unsupported(RenderState state, BinaryOperator symbol, JinjaValue left, JinjaValue right)
    {
        string sign = symbol switch
        {
            BinaryOperator.Add => "+",
            BinaryOperator.Subtract => "-",
            BinaryOperator.Multiply => "*",
            BinaryOperator.Divide => "/",
            BinaryOperator.FloorDivide => "//",
            BinaryOperator.Modulo => "%",
            _ => "** or pow()",
        };
        return state.Fail($"unsupported operand type(s) for {sign}: '{left.TypeName}' and '{right.TypeName}'");
    }
}
