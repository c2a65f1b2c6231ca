using System.Globalization;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's presentation types of floats, without sign: <c>e</c>, <c>f</c>, <c>g</c> and the one without a name.</summary>
internal static class FloatText
{
    /// <param name="value">The value; its sign does not matter.</param>
    /// <param name="type">The presentation type, a small or capital letter; NUL for none.</param>
    /// <param name="precision">Digits, or null for the type's own number of them.</param>
    /// <param name="alternate">The flag <c>#</c>: keeps the point and zeros behind it.</param>
    public static string Format(double value, char type, int? precision, bool alternate)
    {
        value = Math.Abs(value);
        if (!double.IsFinite(value))
        {
            string word = double.IsNaN(value) ? "nan" : "inf";
            return char.IsUpper(type) ? word.ToUpperInvariant() : word;
        }

        string text = char.ToLowerInvariant(type) switch
        {
            'f' => Point(value.ToString($"F{precision ?? 6}", CultureInfo.InvariantCulture), alternate),
            'e' => Scientific(value, precision ?? 6, alternate),
            'g' or 'n' => General(value, Math.Max(1, precision ?? 6), alternate, withFraction: false),
            _ when precision is { } digits => General(value, Math.Max(1, digits), alternate, withFraction: true),
            _ => PythonFloat.Repr(value),
        };
        return char.IsUpper(type) ? text.ToUpperInvariant() : text;
    }

    private static string Scientific(double value, int precision, bool alternate)
    {
        (string mantissa, int exponent) = Split(value, precision);
        return Point(mantissa, alternate) + Exponent(exponent);
    }

    /// <summary>The shorter of both notations, without zeros at the end of the fraction.</summary>
    private static string General(double value, int precision, bool alternate, bool withFraction)
    {
        (string mantissa, int exponent) = Split(value, precision - 1);
        bool scientific = exponent < -4 || exponent >= (withFraction ? precision - 1 : precision);
        if (value == 0)
        {
            scientific = false;
        }

        string text = scientific
            ? mantissa
            : value.ToString($"F{Math.Max(0, precision - 1 - exponent)}", CultureInfo.InvariantCulture);
        if (!alternate && text.Contains('.', StringComparison.Ordinal))
        {
            text = text.TrimEnd('0').TrimEnd('.');
        }

        text = withFraction && !scientific && !text.Contains('.', StringComparison.Ordinal) ? text + ".0" : Point(text, alternate);
        return scientific ? text + Exponent(exponent) : text;
    }

    private static (string Mantissa, int Exponent) Split(double value, int precision)
    {
        string[] parts = value.ToString($"E{precision}", CultureInfo.InvariantCulture).Split('E');
        return (parts[0], int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string Exponent(int exponent) =>
        $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";

    private static string Point(string text, bool alternate) =>
        alternate && !text.Contains('.', StringComparison.Ordinal) ? text + "." : text;
}
