using System.Globalization;
using System.Numerics;
using InferServe.Tokenization.ChatTemplates.Formatting;

namespace InferServe.Tokenization.ChatTemplates.Filters;

/// <summary>Python's <c>int(text, base)</c> and <c>float(text)</c>.</summary>
internal static class NumberText
{
    /// <summary>Reads a whole number; base 0 tells the base from the prefix, which is optional with base 2, 8 and 16.</summary>
    public static bool TryInteger(string text, int radix, out BigInteger number)
    {
        number = BigInteger.Zero;
        string digits = Trim(text);
        bool negative = digits.StartsWith('-');
        digits = digits.Length > 0 && digits[0] is '-' or '+' ? digits[1..] : digits;
        int prefixed = digits.Length > 1 && digits[0] == '0' ? RadixOf(digits[1]) : 0;
        if (prefixed > 0 && (radix == 0 || radix == prefixed))
        {
            radix = prefixed;
            digits = digits[2..].TrimStart('_');
        }

        radix = radix == 0 ? 10 : radix;
        if (radix is < 2 or > 36 || !HasSingleUnderscores(digits))
        {
            return false;
        }

        foreach (char c in digits.Replace("_", "", StringComparison.Ordinal))
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : radix;
            if (digit >= radix)
            {
                return false;
            }

            number = (number * radix) + digit;
        }

        number = negative ? -number : number;
        return true;
    }

    public static bool TryFloat(string text, out double number)
    {
        string digits = Trim(text);
        string unsigned = digits.Length > 0 && digits[0] is '-' or '+' ? digits[1..] : digits;
        double sign = digits.StartsWith('-') ? -1 : 1;
        switch (unsigned.ToLowerInvariant())
        {
            case "inf" or "infinity":
                number = sign * double.PositiveInfinity;
                return true;
            case "nan":
                number = double.NaN;
                return true;
        }

        number = 0;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bool valid = unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.') && HasSingleUnderscores(unsigned)
            && double.TryParse(unsigned.Replace("_", "", StringComparison.Ordinal), Style, CultureInfo.InvariantCulture, out number);
        number *= sign;
        return valid;
    }

    private static int RadixOf(char prefix) => char.ToLowerInvariant(prefix) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };

    private static string Trim(string text) => PythonText.TrimStart(PythonText.TrimEnd(text));

    private static bool HasSingleUnderscores(string digits) =>
        digits.Length > 0 && digits[0] != '_' && digits[^1] != '_' && !digits.Contains("__", StringComparison.Ordinal);
}
