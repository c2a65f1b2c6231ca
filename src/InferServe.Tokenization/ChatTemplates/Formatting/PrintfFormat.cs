using System.Globalization;
using System.Numerics;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>"%s and %05.2f" % (a, b)</c> with the conversions <c>s r a d i u x X o e E f F g G c %</c>.</summary>
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

        if (used < values.Count && arguments is not (DictValue or ListValue or RangeValue or UndefinedValue))
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
            case 's' or 'r' or 'a':
                string text = conversion.Type == 's' ? PythonRepr.Str(state, value) : PythonRepr.Repr(state, value);
                text = escape && value is not StringValue { IsSafe: true } ? HtmlText.Escape(text) : text;
                return conversion.Pad(conversion.Precision is { } length && length < PythonText.Length(text)
                    ? text[..PythonText.ToUtf16Index(text, length)]
                    : text, isNumber: false);
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return conversion.Pad(Digits(state, conversion, value), isNumber: true);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                double number = Numbers.IsNumber(value) ? Numbers.ToDouble(value) : throw NeedsReal(state, value);
                string digits = FloatText.Format(number, conversion.Type, conversion.Precision, conversion.Flags.Contains('#'));
                return conversion.Pad((double.IsNegative(number) ? "-" : "") + digits, isNumber: true);
            case 'c':
                return conversion.Pad(Character(state, value), isNumber: false);
            default:
                throw state.Fail($"unsupported format character '{conversion.Type}'");
        }
    }

    private static string Digits(RenderState state, Conversion conversion, JinjaValue value)
    {
        BigInteger number = value is FloatValue { Value: var real } && double.IsFinite(real) && conversion.Type is not ('x' or 'X' or 'o')
            ? new BigInteger(real)
            : Numbers.TryInteger(value, out BigInteger integer) ? integer : throw NeedsNumber(state, conversion, value);
        string digits = conversion.Type switch
        {
            'x' or 'X' => Radix.Digits(BigInteger.Abs(number), 16),
            'o' => Radix.Digits(BigInteger.Abs(number), 8),
            _ => BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture),
        };
        digits = digits.PadLeft(conversion.Precision ?? 0, '0');
        string prefix = conversion.Flags.Contains('#') && conversion.Type is 'x' or 'X' or 'o' ? $"0{conversion.Type}" : "";
        return (number.Sign < 0 ? "-" : "") + prefix + (conversion.Type == 'X' ? digits.ToUpperInvariant() : digits);
    }

    private static string Character(RenderState state, JinjaValue value) => value switch
    {
        StringValue { Text: var text } when PythonText.Length(text) == 1 => text,
        _ when Numbers.TryInteger(value, out BigInteger number) && number.Sign >= 0 && number < 0x110000 && (int)number is < 0xD800 or > 0xDFFF =>
            char.ConvertFromUtf32((int)number),
        _ => throw state.Fail("%c requires int or char"),
    };

    private static TemplateException NeedsReal(RenderState state, JinjaValue value) =>
        state.Fail($"must be real number, not {value.TypeName}");

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

            // Widths count code points; the padding methods count UTF-16 characters.
            int width = Width + text.Length - PythonText.Length(text);
            if (Flags.Contains('-'))
            {
                return text.PadRight(width);
            }

            if (!isNumber || !Flags.Contains('0') || text.Length >= Width)
            {
                return text.PadLeft(width);
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
