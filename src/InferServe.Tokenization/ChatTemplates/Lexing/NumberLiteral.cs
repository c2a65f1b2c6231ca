using System.Globalization;
using System.Numerics;

namespace InferServe.Tokenization.ChatTemplates.Lexing;

/// <summary>Python's number literals: <c>1_000</c>, <c>0x1f</c>, <c>0b1</c>, <c>0o7</c>, <c>1.5</c>, <c>2e-3</c>.</summary>
internal static class NumberLiteral
{
    /// <summary>The kind and length of the number at the begin of <paramref name="text"/>, which begins with a digit.</summary>
    /// <param name="text">The rest of the template.</param>
    /// <param name="allowFloat">False after a dot: in <c>a.0.1</c> both are indexes.</param>
    public static (TokenKind Kind, int Length) Measure(ReadOnlySpan<char> text, bool allowFloat)
    {
        if (text[0] == '0' && text.Length > 1 && RadixOf(text[1]) is > 0 and int radix)
        {
            int digits = Digits(text[2..], radix, leadingUnderscore: true);
            return digits == 0 ? (TokenKind.Integer, 1) : (TokenKind.Integer, 2 + digits);
        }

        int whole = Digits(text, 10, leadingUnderscore: false);
        int fraction = whole + 1 < text.Length && text[whole] == '.' ? Digits(text[(whole + 1)..], 10, leadingUnderscore: false) : 0;
        int mantissa = fraction > 0 ? whole + 1 + fraction : whole;
        int exponent = Exponent(text[mantissa..]);
        bool isFloat = allowFloat && (fraction > 0 || exponent > 0);
        if (isFloat)
        {
            return (TokenKind.Float, mantissa + exponent);
        }

        // A whole number does not begin with a zero unless it is zero.
        int zeros = text[0] == '0' ? text[..whole].IndexOfAnyExcept('0', '_') : -1;
        return (TokenKind.Integer, zeros > 0 ? zeros : whole);
    }

    public static BigInteger ParseInteger(string text)
    {
        int radix = text.Length > 1 ? RadixOf(text[1]) : 0;
        if (radix == 0)
        {
            return BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        BigInteger value = BigInteger.Zero;
        foreach (char c in text.AsSpan(2))
        {
            value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        return value;
    }

    public static double ParseFloat(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int RadixOf(char c) => c switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };

    private static int Exponent(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('e' or 'E'))
        {
            return 0;
        }

        int sign = text[1] is '+' or '-' ? 1 : 0;
        int digits = Digits(text[(1 + sign)..], 10, leadingUnderscore: false);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    /// <summary>The length of a run of digits with single underscores between them.</summary>
    private static int Digits(ReadOnlySpan<char> text, int radix, bool leadingUnderscore)
    {
        int length = 0;
        while (length < text.Length)
        {
            int at = text[length] == '_' && (length > 0 || leadingUnderscore) ? length + 1 : length;
            if (at >= text.Length || !IsDigit(text[at], radix))
            {
                break;
            }

            length = at + 1;
        }

        return length;
    }

    private static bool IsDigit(char c, int radix) => char.IsAsciiHexDigit(c) && Convert.ToInt32(c.ToString(), 16) < radix;
}
