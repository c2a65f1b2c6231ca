using System.Globalization;
using System.Numerics;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>"%s and %05.2f" % (a, b)</c> with the conversions <c>s r d i u x X o f F %</c>.</summary>
internal static class PrintfFormat
{
    private const int MaxWidth = 10_000;

    public static StringValue Format(RenderState state, StringValue format, JinjaValue arguments)
    {
        var text = new StringBuilder();
        IReadOnlyList<JinjaValue> values = arguments is TupleValue tuple ? tuple.Items : [arguments];
        int used = 0;
        int i = 0;
        while (i < format.Text.Length)
        {
            char c = format.Text[i++];
            if (c != '%')
            {
                text.Append(c);
                continue;
            }

            state.Step();
            Conversion conversion = Conversion.Parse(state, format.Text, ref i);
            state.CheckLength((long)text.Length + conversion.Width);
            if (conversion.Type == '%')
            {
                text.Append('%');
                continue;
            }

            JinjaValue value = conversion.Key is { } key
                ? Lookup(state, arguments, key)
                : used < values.Count ? values[used++] : throw state.Fail("not enough arguments for format string");
            text.Append(Convert(state, conversion, value, format.IsSafe));
        }

        if (used < values.Count && arguments is not (DictValue or ListValue))
        {
            throw state.Fail("not all arguments converted during string formatting");
        }

        return new StringValue(state.Built(text.ToString()), format.IsSafe);
    }

    private static JinjaValue Lookup(RenderState state, JinjaValue arguments, string key)
    {
        if (arguments is not DictValue dict)
        {
            throw state.Fail("format requires a mapping");
        }

        return dict.TryGet(key, out JinjaValue value) ? value : throw state.Fail($"'{key}'");
    }

    private static string Convert(RenderState state, Conversion conversion, JinjaValue value, bool escape)
    {
        switch (conversion.Type)
        {
            case 's' or 'r':
                string text = conversion.Type == 's' ? PythonRepr.Str(state, value) : PythonRepr.Repr(state, value);
                text = escape && value is not StringValue { IsSafe: true } ? HtmlText.Escape(text) : text;
                return conversion.Pad(conversion.Precision is { } length && length < text.Length ? text[..length] : text, isNumber: false);
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return conversion.Pad(Digits(state, conversion, value), isNumber: true);
            case 'f' or 'F':
                double number = Numbers.IsNumber(value) ? Numbers.ToDouble(value) : throw NeedsNumber(state, conversion, value);
                string format = "F" + (conversion.Precision ?? 6).ToString(CultureInfo.InvariantCulture);
                return conversion.Pad(number.ToString(format, CultureInfo.InvariantCulture), isNumber: true);
            default:
                throw state.Fail($"unsupported format character '{conversion.Type}'");
        }
    }

    private static string Digits(RenderState state, Conversion conversion, JinjaValue value)
    {
        BigInteger number = value is FloatValue { Value: var real } && double.IsFinite(real) && conversion.Type is not ('x' or 'X' or 'o')
            ? new BigInteger(real)
            : Numbers.TryInteger(value, out BigInteger integer) ? integer : throw NeedsNumber(state, conversion, value);
        BigInteger magnitude = BigInteger.Abs(number);
        string digits = conversion.Type switch
        {
            'x' => magnitude.ToString("x", CultureInfo.InvariantCulture).TrimStart('0'),
            'X' => magnitude.ToString("X", CultureInfo.InvariantCulture).TrimStart('0'),
            'o' => Octal(magnitude),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
        return (number.Sign < 0 ? "-" : "") + (digits.Length == 0 ? "0" : digits);
    }

    private static string Octal(BigInteger number)
    {
        string digits = "";
        for (; !number.IsZero; number /= 8)
        {
            digits = (number % 8).ToString(CultureInfo.InvariantCulture) + digits;
        }

        return digits;
    }

    private static TemplateException NeedsNumber(RenderState state, Conversion conversion, JinjaValue value) =>
        state.Fail($"%{conversion.Type} format: a real number is required, not {value.TypeName}");

    /// <summary>One <c>%(key)flags width.precision type</c>.</summary>
    private sealed record Conversion(string? Key, string Flags, int Width, int? Precision, char Type)
    {
        public static Conversion Parse(RenderState state, string format, ref int i)
        {
            string? key = null;
            if (i < format.Length && format[i] == '(')
            {
                int end = format.IndexOf(')', i);
                key = end < 0 ? throw state.Fail("incomplete format key") : format[(i + 1)..end];
                i = end + 1;
            }

            int begin = i;
            while (i < format.Length && format[i] is '-' or '+' or ' ' or '0' or '#')
            {
                i++;
            }

            string flags = format[begin..i];
            int width = Number(state, format, ref i) ?? 0;
            int? precision = null;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = Number(state, format, ref i) ?? 0;
            }

            return i < format.Length ? new Conversion(key, flags, width, precision, format[i++]) : throw state.Fail("incomplete format");
        }

        public string Pad(string text, bool isNumber)
        {
            if (isNumber && text[0] != '-' && Flags.AsSpan().IndexOfAny('+', ' ') >= 0)
            {
                text = (Flags.Contains('+') ? "+" : " ") + text;
            }

            if (Flags.Contains('-'))
            {
                return text.PadRight(Width);
            }

            if (!isNumber || !Flags.Contains('0') || text.Length >= Width)
            {
                return text.PadLeft(Width);
            }

            int sign = text[0] is '-' or '+' or ' ' ? 1 : 0;
            return text[..sign] + text[sign..].PadLeft(Width - sign, '0');
        }

        private static int? Number(RenderState state, string format, ref int i)
        {
            int begin = i;
            while (i < format.Length && char.IsAsciiDigit(format[i]))
            {
                i++;
            }

            if (i == begin)
            {
                return null;
            }

            bool valid = int.TryParse(format.AsSpan(begin, i - begin), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            return valid && number <= MaxWidth ? number : throw state.Fail($"a format's width or precision is over {MaxWidth}");
        }
    }
}
