using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Formatting;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Filters that change the kind of a value.</summary>
internal static class ConversionFilters
{
    public static IReadOnlyDictionary<string, Filter> All { get; } = new Dictionary<string, Filter>
    {
        ["default"] = Default,
        ["d"] = Default,
        ["string"] = static (s, input, _) => input as StringValue ?? new StringValue(PythonRepr.Str(s, input)),
        ["safe"] = static (s, input, _) => new StringValue(PythonRepr.Str(s, input), isSafe: true),
        ["escape"] = static (s, input, _) => input is StringValue { IsSafe: true } ? input : Escape(s, input),
        ["e"] = static (s, input, _) => input is StringValue { IsSafe: true } ? input : Escape(s, input),
        ["forceescape"] = static (s, input, _) => Escape(s, input),
        ["int"] = ToInteger,
        ["float"] = ToFloat,
        ["abs"] = static (s, input, _) => Numbers.IsNumber(input) && Numbers.ToDouble(input) >= 0
            ? Arithmetic.Sign(s, negative: false, input)
            : Arithmetic.Sign(s, negative: true, input),
        ["round"] = Rounding.Round,
        ["tojson"] = ToJson,
    };

    private static StringValue Escape(RenderState state, JinjaValue input) =>
        new(state.Built(HtmlText.Escape(PythonRepr.Str(state, input))), isSafe: true);

    private static JinjaValue Default(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "default", "default_value", "boolean");
        return input is UndefinedValue || (bound.Flag(1) && !Truth.Of(input)) ? bound[0] ?? StringValue.Empty : input;
    }

    private static JinjaValue ToInteger(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "int", "default", "base");
        JinjaValue otherwise = bound[0] ?? new IntegerValue(BigInteger.Zero);
        switch (input)
        {
            case UndefinedValue undefined:
                throw state.Fail(undefined.Reason);
            case FloatValue number:
                return double.IsFinite(number.Value) ? new IntegerValue(new BigInteger(number.Value)) : otherwise;
            case StringValue text:
                state.CheckIntegerBits(text.Text.Trim().Length * 3L);
                return NumberText.TryInteger(text.Text, bound.Integer(1, 10), out BigInteger parsed)
                    ? state.Integer(parsed)
                    : NumberText.TryFloat(text.Text, out double real) && double.IsFinite(real)
                        ? new IntegerValue(new BigInteger(real))
                        : otherwise;
            default:
                return Numbers.TryInteger(input, out BigInteger integer) ? new IntegerValue(integer) : otherwise;
        }
    }

    private static JinjaValue ToFloat(RenderState state, JinjaValue input, CallArguments arguments)
    {
        JinjaValue otherwise = arguments.Bind(state, "float", "default")[0] ?? new FloatValue(0);
        return input switch
        {
            UndefinedValue undefined => throw state.Fail(undefined.Reason),
            StringValue text => NumberText.TryFloat(text.Text, out double number) ? new FloatValue(number) : otherwise,
            _ => Numbers.IsNumber(input) ? new FloatValue(Numbers.ToDouble(input)) : otherwise,
        };
    }

    /// <summary>The filter as transformers defines it: <c>json.dumps</c> without HTML escapes.</summary>
    private static StringValue ToJson(RenderState state, JinjaValue input, CallArguments arguments)
    {
        BoundArguments bound = arguments.Bind(state, "tojson", "ensure_ascii", "indent", "separators", "sort_keys");
        string? indent = bound[1] is StringValue text ? text.Text : null;
        if (indent is null && bound[1] is not (null or NoneValue))
        {
            int width = Math.Max(0, bound.Integer(1, 0));
            state.CheckLength(width);
            indent = new string(' ', width);
        }

        (string item, string key) = Separators(state, bound[2]) ?? (indent is null ? ", " : ",", ": ");
        return new StringValue(JsonText.Write(state, input, new JsonText.Options(bound.Flag(0), indent, item, key, bound.Flag(3))));
    }

    private static (string Item, string Key)? Separators(RenderState state, JinjaValue? value) => value switch
    {
        null or NoneValue => null,
        SequenceValue { Items: [StringValue item, StringValue key] } => (item.Text, key.Text),
        _ => throw state.Fail("tojson() needs a pair of strings for separators"),
    };
}
