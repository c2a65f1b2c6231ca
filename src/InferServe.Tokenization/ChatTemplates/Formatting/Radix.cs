using System.Numerics;
using System.Text;

namespace InferServe.Tokenization.ChatTemplates.Formatting;

/// <summary>Digits of whole numbers to the bases 2, 8 and 16.</summary>
internal static class Radix
{
    /// <param name="number">Not negative.</param>
    /// <param name="radix">The base.</param>
    public static string Digits(BigInteger number, int radix)
    {
        if (number.IsZero)
        {
            return "0";
        }

        var digits = new StringBuilder();
        for (; !number.IsZero; number /= radix)
        {
            digits.Insert(0, "0123456789abcdef"[(int)(number % radix)]);
        }

        return digits.ToString();
    }
}
