using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Methods;

/// <summary>Attributes and methods of numbers and ranges.</summary>
internal static class NumberMethods
{
    public static JinjaValue? Find(JinjaValue number, string name)
    {
        if (number is FloatValue real)
        {
            return name switch
            {
                "real" => real,
                "imag" => new FloatValue(0),
                "is_integer" => Method(name, BooleanValue.Of(double.IsInteger(real.Value))),
                "conjugate" => Method(name, real),
                _ => null,
            };
        }

        Numbers.TryInteger(number, out BigInteger integer);
        return name switch
        {
            "real" or "numerator" => new IntegerValue(integer),
            "imag" => new IntegerValue(BigInteger.Zero),
            "denominator" => new IntegerValue(BigInteger.One),
            "is_integer" => Method(name, BooleanValue.True),
            "conjugate" => Method(name, new IntegerValue(integer)),
            "bit_length" => Method(name, new IntegerValue(BigInteger.Abs(integer).GetBitLength())),
            _ => null,
        };
    }

    public static JinjaValue? Find(RangeValue range, string name) => name switch
    {
        "start" => new IntegerValue(range.Start),
        "stop" => new IntegerValue(range.Stop),
        "step" => new IntegerValue(range.Step),
        _ => null,
    };

    private static FunctionValue Method(string name, JinjaValue result) => new(name, (state, arguments) =>
    {
        arguments.Bind(state, name);
        return result;
    });
}
