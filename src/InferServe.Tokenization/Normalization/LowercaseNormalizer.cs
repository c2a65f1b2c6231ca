using System.Text;

namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>Lowercase</c>: Unicode's lower case of each character, whatever its neighbours.</summary>
internal sealed class LowercaseNormalizer : CharacterNormalizer
{
    private const int CapitalIWithDot = 0x130;

    /// <summary>Appends the lower case of a character. One character alone has a lower case of two: İ becomes i with a dot above.</summary>
    public static void Append(Rune rune, StringBuilder output)
    {
        if (rune.Value == CapitalIWithDot)
        {
            output.Append("i\u0307");
        }
        else
        {
            output.Append(Rune.ToLowerInvariant(rune));
        }
    }

    /// <inheritdoc/>
    protected override void Rewrite(Rune rune, StringBuilder output) => Append(rune, output);
}
