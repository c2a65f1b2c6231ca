using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using InferServe.Tokenization.ChatTemplates.Evaluation;

namespace InferServe.Tokenization.ChatTemplates.Values;

/// <summary>Turns JSON into values as Python's <c>json.loads</c> does: <c>1</c> is an int, <c>1.0</c> and <c>1e0</c> are floats.</summary>
internal static class JsonValues
{
    /// <exception cref="TemplateException">The JSON has a duplicate key, a lone surrogate or a number that is too long.</exception>
    public static JinjaValue FromJson(RenderState state, JsonNode? node)
    {
        try
        {
            return Convert(state, node);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new TemplateException($"a variable is not valid JSON: {e.Message}", 0, e);
        }
    }

    private static JinjaValue Convert(RenderState state, JsonNode? node)
    {
        state.Step();
        switch (node)
        {
            case null:
                return NoneValue.Instance;
            case JsonObject json:
                var dict = new DictValue();
                foreach ((string name, JsonNode? value) in json)
                {
                    dict.Set(new StringValue(name), Convert(state, value));
                }

                return dict;
            case JsonArray array:
                return new ListValue([.. array.Select(item => Convert(state, item))]);
            default:
                return ConvertScalar(state, node);
        }
    }

    private static JinjaValue ConvertScalar(RenderState state, JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => new StringValue(node.AsValue().TryGetValue(out string? text) ? text : node.ToString()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.Number => ConvertNumber(state, node),
        _ => NoneValue.Instance,
    };

    private static JinjaValue ConvertNumber(RenderState state, JsonNode node)
    {
        string text = node.ToJsonString();
        bool isFloat = text.AsSpan().IndexOfAny(".eE") >= 0 || node.GetValue<object>() is double or float or decimal;
        if (isFloat)
        {
            return new FloatValue(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        // A digit holds more than three bits: a text that is too long need not be read.
        state.CheckIntegerBits(text.Length * 3L);
        return new IntegerValue(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
