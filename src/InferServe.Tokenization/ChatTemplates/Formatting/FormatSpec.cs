using System.Globalization;
using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Evaluation;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>
/// Python's format specification, <c>[[fill]align][sign][#][0][width][,_][.precision][type]</c>, of strings and numbers.
/// </summary>
internal sealed record FormatSpec
{
    private const int MaxWidth = 10_000;

    private string Fill { get; init; } = " ";

    private char? Align { get; init; }

    private char Sign { get; init; } = '-';

    private bool Alternate { get; init; }

    private int Width { get; init; }

    private char? Grouping { get; init; }

    private int? Precision { get; init; }

    private char Type { get; init; }

    /// <summary>The value as the specification wants it.</summary>
    /// <exception cref="TemplateException">The specification is malformed, or means nothing for such a value.</exception>
    public static string Apply(RenderState state, string spec, JinjaValue value)
    {
        if (spec.Length == 0)
        {
            return PythonRepr.Str(state, value);
        }

        return value switch
        {
            StringValue text => Parse(state, spec, value).Text(state, text.Text),
            _ when Numbers.IsNumber(value) => Parse(state, spec, value).Number(state, value),
            _ => throw state.Fail($"unsupported format string passed to {value.TypeName}.__format__"),
        };
    }

    private static FormatSpec Parse(RenderState state, string spec, JinjaValue value)
    {
        int i = 0;
        string fill = " ";
        char? align = null;
        int fillLength = spec.Length > 1 && char.IsSurrogatePair(spec, 0) ? 2 : 1;
        if (spec.Length > fillLength && IsAlign(spec[fillLength]))
        {
            (fill, align, i) = (spec[..fillLength], spec[fillLength], fillLength + 1);
        }
        else if (IsAlign(spec[0]))
        {
            (align, i) = (spec[0], 1);
        }

        char sign = i < spec.Length && spec[i] is '+' or '-' or ' ' ? spec[i++] : '-';
        bool alternate = Skip(spec, ref i, '#');
        if (i < spec.Length && spec[i] == '0')
        {
            // A zero before the width fills with zeros, behind the sign of a number.
            (fill, align) = (fill == " " && align is null ? "0" : fill, align ?? (value is StringValue ? null : '='));
        }

        int width = Digits(state, spec, ref i) ?? 0;
        char? grouping = i < spec.Length && spec[i] is ',' or '_' ? spec[i++] : null;
        int? precision = null;
        if (Skip(spec, ref i, '.'))
        {
            precision = Digits(state, spec, ref i) ?? throw state.Fail("Format specifier missing precision");
        }

        char type = i < spec.Length ? spec[i++] : '\0';
        return i < spec.Length
            ? throw state.Fail($"Invalid format specifier '{spec}' for object of type '{value.TypeName}'")
            : new FormatSpec
            {
                Fill = fill, Align = align, Sign = sign, Alternate = alternate, Width = width, Grouping = grouping, Precision = precision, Type = type,
            };
    }

    private static bool IsAlign(char c) => c is '<' or '>' or '^' or '=';

    private static bool Skip(string spec, ref int i, char c)
    {
        bool found = i < spec.Length && spec[i] == c;
        i += found ? 1 : 0;
        return found;
    }

    private static int? Digits(RenderState state, string spec, ref int i)
    {
        int begin = i;
        long number = 0;
        while (i < spec.Length && char.IsAsciiDigit(spec[i]))
        {
            number = Math.Min((number * 10) + (spec[i++] - '0'), MaxWidth + 1);
        }

        return number > MaxWidth ? throw state.Fail($"a format's width or precision is over {MaxWidth}") : i == begin ? null : (int)number;
    }

    private string Text(RenderState state, string text)
    {
        if (Type is not ('\0' or 's'))
        {
            throw UnknownType(state, "str");
        }

        if (Sign != '-' || Alternate || Grouping is not null || Align == '=')
        {
            throw state.Fail(Align == '='
                ? "'=' alignment not allowed in string format specifier"
                : "Sign, alternate form and grouping are not allowed in string format specifier");
        }

        int length = PythonText.Length(text);
        return Pad(state, "", Precision < length ? text[..PythonText.ToUtf16Index(text, Precision.Value)] : text, '<');
    }

    private string Number(RenderState state, JinjaValue value)
    {
        bool isInteger = Numbers.TryInteger(value, out BigInteger integer);
        string digits;
        bool negative;
        if (isInteger && Type is '\0' or 'd' or 'n' or 'b' or 'o' or 'x' or 'X' or 'c')
        {
            if (Precision is not null)
            {
                throw state.Fail("Precision not allowed in integer format specifier");
            }

            (digits, negative) = (Whole(state, BigInteger.Abs(integer)), integer.Sign < 0);
        }
        else if (Type is '\0' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'n' or '%')
        {
            double number = Numbers.ToDouble(value);
            (digits, negative) = (Real(number), double.IsNegative(number));
        }
        else
        {
            throw UnknownType(state, value.TypeName);
        }

        string sign = negative ? "-" : Sign == '-' ? "" : Sign.ToString();
        string prefix = Alternate && isInteger && Type is 'b' or 'o' or 'x' or 'X' ? $"0{Type}" : "";
        return Pad(state, sign + prefix, Grouped(digits), '>');
    }

    private string Whole(RenderState state, BigInteger number)
    {
        switch (Type)
        {
            case 'c':
                return number < 0x110000 && ((int)number is < 0xD800 or > 0xDFFF)
                    ? char.ConvertFromUtf32((int)number)
                    : throw state.Fail("%c arg not in range(0x110000)");
            case 'b' or 'o':
                return Radix.Digits(number, Type == 'b' ? 2 : 8);
            case 'x' or 'X':
                string digits = Radix.Digits(number, 16);
                return Type == 'X' ? digits.ToUpperInvariant() : digits;
            default:
                return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string Real(double number) => Type == '%'
        ? FloatText.Format(number * 100, 'f', Precision, Alternate) + "%"
        : FloatText.Format(number, Type, Precision, Alternate);

    private string Grouped(string digits)
    {
        if (Grouping is not { } separator)
        {
            return digits;
        }

        int whole = digits.AsSpan().IndexOfAny(".e%");
        whole = whole < 0 ? digits.Length : whole;
        int size = Type is 'b' or 'o' or 'x' or 'X' ? 4 : 3;
        string result = digits[whole..];
        for (int end = whole; end > 0; end -= size)
        {
            int begin = Math.Max(0, end - size);
            result = digits[begin..end] + (end < whole ? separator.ToString() : "") + result;
        }

        return result;
    }

    private string Pad(RenderState state, string sign, string text, char otherwise)
    {
        int missing = Math.Max(0, Width - sign.Length - PythonText.Length(text));
        state.CheckLength(sign.Length + text.Length + ((long)missing * Fill.Length));
        int left = (Align ?? otherwise) switch { '<' => 0, '^' => missing / 2, _ => missing };
        string before = string.Concat(Enumerable.Repeat(Fill, left));
        string after = string.Concat(Enumerable.Repeat(Fill, missing - left));
        return Align == '=' ? sign + before + text : before + sign + text + after;
    }

    private TemplateException UnknownType(RenderState state, string type) =>
        state.Fail($"Unknown format code '{Type}' for object of type '{type}'");
}
