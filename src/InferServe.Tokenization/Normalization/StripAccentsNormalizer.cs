using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>StripAccents</c>: leaves out combining marks (category M).</summary>
internal sealed class StripAccentsNormalizer : CharacterNormalizer
{
    /// <inheritdoc/>
    protected override void Rewrite(Rune rune, StringBuilder output)
    {
        if (!CharacterSet.Combining.Contains(rune.Value))
        {
            output.Append(rune);
        }
    }
}
