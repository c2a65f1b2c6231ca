using System.Globalization;
using System.Numerics;

namespace InferServe.Grammar.Numbers;

/// <summary>A decimal number without rounding: <c>Mantissa * 10^Exponent</c>, with a mantissa that does not end in 0.</summary>
internal readonly record struct ExactDecimal
{
    /// <summary>Most digits before or behind the point, so that no number of a schema costs much.</summary>
    public const int MaxDigits = 400;

    private ExactDecimal(BigInteger mantissa, int exponent)
    {
        while (!mantissa.IsZero && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }

        Mantissa = mantissa;
        Exponent = mantissa.IsZero ? 0 : exponent;
    }

    public BigInteger Mantissa { get; }

    public int Exponent { get; }

    public static ExactDecimal Zero => default;

    public int Sign => Mantissa.Sign;

    public bool IsInteger => Exponent >= 0;

    /// <summary>Digits before the point without leading zeros; empty for numbers below 1.</summary>
    public string IntegerDigits
    {
        get
        {
            var digits = BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture);
            return Mantissa.IsZero ? "" : Exponent >= 0 ? digits + new string('0', Exponent)
                : digits.Length > -Exponent ? digits[..(digits.Length + Exponent)] : "";
        }
    }

    /// <summary>Digits behind the point without trailing zeros.</summary>
    public string FractionDigits
    {
        get
        {
            if (Exponent >= 0)
            {
                return "";
            }

            var digits = BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(-Exponent, '0');
            return digits[(digits.Length + Exponent)..];
        }
    }

    /// <summary>Reads a JSON number; null when it has more than <see cref="MaxDigits"/> digits on one side of the point.</summary>
    public static ExactDecimal? Parse(string text)
    {
        var exponentAt = text.IndexOfAny(['e', 'E']);
        var number = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var point = number.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? number : number.Remove(point, 1);
        if (digits.Length > MaxDigits || Math.Abs((long)exponent) > MaxDigits
            || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa))
        {
            return null;
        }

        var value = new ExactDecimal(mantissa, exponent - (point < 0 ? 0 : number.Length - point - 1));
        return value.IntegerDigits.Length <= MaxDigits && value.FractionDigits.Length <= MaxDigits ? value : null;
    }

    public static int Compare(ExactDecimal left, ExactDecimal right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        var a = left.Mantissa * BigInteger.Pow(10, left.Exponent - exponent);
        return a.CompareTo(right.Mantissa * BigInteger.Pow(10, right.Exponent - exponent));
    }

    /// <summary>The number without an exponent.</summary>
    public override string ToString()
    {
        var text = (IntegerDigits.Length == 0 ? "0" : IntegerDigits) + (FractionDigits.Length == 0 ? "" : "." + FractionDigits);
        return Sign < 0 ? "-" + text : text;
    }
}
