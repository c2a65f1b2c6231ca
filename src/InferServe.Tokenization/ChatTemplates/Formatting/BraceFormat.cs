using System.Globalization;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Methods;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>
/// Python's <c>str.format</c>: <c>{}</c>, <c>{0}</c>, <c>{name}</c>, <c>!r</c> and <c>!s</c>, and of the format specifications
/// fill, alignment, width, and <c>.precision</c> with <c>f</c>. Attributes and elements of arguments are refused.
/// </summary>
internal static class BraceFormat
{
    private const int MaxWidth = 10_000;

    public static string Format(RenderState state, string format, CallArguments arguments)
    {
        var text = new StringBuilder();
        int automatic = 0;
        int i = 0;
        while (i < format.Length)
        {
            char c = format[i++];
            bool doubled = i < format.Length && format[i] == c;
            if (c is not ('{' or '}') || doubled)
            {
                text.Append(c);
                i += c is '{' or '}' ? 1 : 0;
                continue;
            }

            int end = format.IndexOf('}', i);
            if (c == '}' || end < 0)
            {
                throw state.Fail($"Single '{c}' encountered in format string");
            }

            text.Append(Field(state, format[i..end], arguments, ref automatic));
            state.CheckLength(text.Length);
            i = end + 1;
        }

        return state.Built(text.ToString());
    }

    private static string Field(RenderState state, string field, CallArguments arguments, ref int automatic)
    {
        (string head, string spec) = Cut(field, ':');
        (string name, string conversion) = Cut(head, '!');
        JinjaValue value = Argument(state, name, arguments, ref automatic);
        value = conversion switch
        {
            "" => value,
            "r" => new StringValue(PythonRepr.Repr(state, value)),
            "s" => new StringValue(PythonRepr.Str(state, value)),
            _ => throw state.Fail($"Unknown conversion specifier '{conversion}'"),
        };
        return spec.Length == 0 ? PythonRepr.Str(state, value) : Apply(state, spec, value);
    }

    private static JinjaValue Argument(RenderState state, string name, CallArguments arguments, ref int automatic)
    {
        if (name.AsSpan().IndexOfAny(".[") >= 0)
        {
            throw state.Fail("attributes and elements in format strings are not supported");
        }

        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            int index = -1;
            if (name.Length == 0)
            {
                index = automatic++;
            }
            else if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int given))
            {
                index = given;
            }

            return index >= 0 && index < arguments.Positional.Count
                ? arguments.Positional[index]
                : throw state.Fail($"Replacement index {index} out of range for positional args tuple");
        }

        foreach ((string key, JinjaValue value) in arguments.Named)
        {
            if (key == name)
            {
                return value;
            }
        }

        throw state.Fail($"'{name}'");
    }

    private static string Apply(RenderState state, string spec, JinjaValue value)
    {
        string fill = " ";
        char align = Numbers.IsNumber(value) ? '>' : '<';
        int i = 0;
        if (spec.Length > 1 && spec[1] is '<' or '>' or '^')
        {
            fill = spec[..1];
            align = spec[1];
            i = 2;
        }
        else if (spec[0] is '<' or '>' or '^')
        {
            align = spec[i++];
        }

        bool zeros = i < spec.Length && spec[i] == '0';
        int width = Number(state, spec, ref i);
        int precision = -1;
        if (i < spec.Length && spec[i] == '.')
        {
            i++;
            precision = Number(state, spec, ref i);
        }

        string type = spec[i..];
        string text = (type, value) switch
        {
            ("f", _) when Numbers.IsNumber(value) =>
                Numbers.ToDouble(value).ToString($"F{(precision < 0 ? 6 : precision)}", CultureInfo.InvariantCulture),
            ("" or "s", StringValue plain) => precision < 0 || precision >= plain.Text.Length ? plain.Text : plain.Text[..precision],
            ("" or "d", _) when precision < 0 => PythonRepr.Str(state, value),
            _ => throw state.Fail($"the format specification '{spec}' is not supported for '{value.TypeName}'"),
        };
        string name = align switch { '<' => "ljust", '>' => "rjust", _ => "center" };
        return zeros && Numbers.IsNumber(value) ? Padding.ZeroFill(state, text, width).Text : Padding.Pad(state, text, width, fill, name);
    }

    private static int Number(RenderState state, string spec, ref int i)
    {
        int number = 0;
        while (i < spec.Length && char.IsAsciiDigit(spec[i]))
        {
            number = (number * 10) + (spec[i++] - '0');
            if (number > MaxWidth)
            {
                throw state.Fail($"a format's width or precision is over {MaxWidth}");
            }
        }

        return number;
    }

    private static (string Before, string After) Cut(string text, char separator)
    {
        int index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }
}
