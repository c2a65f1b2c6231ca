using System.Globalization;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's <c>repr</c> of a float: the shortest digits that read back the same; an exponent below 1e-4 and from 1e16.</summary>
internal static class PythonFloat
{
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        (string digits, int exponent) = Digits(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (double.IsNegative(value) ? "-" : "") + Layout(digits, exponent);
    }

    /// <summary>Significant digits and the decimal exponent of the first of them.</summary>
    private static (string Digits, int Exponent) Digits(string text)
    {
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        int leadingZeros = all.Length - all.TrimStart('0').Length;
        string digits = all.Trim('0');
        int whole = point < 0 ? mantissa.Length : point;
        return digits.Length == 0 ? ("0", 0) : (digits, exponent + whole - 1 - leadingZeros);
    }

    private static string Layout(string digits, int exponent)
    {
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            string sign = exponent < 0 ? "-" : "+";
            return $"{digits[0]}{fraction}e{sign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return exponent + 1 >= digits.Length
            ? digits.PadRight(exponent + 1, '0') + ".0"
            : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
