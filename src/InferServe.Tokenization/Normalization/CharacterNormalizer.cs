using System.Text;

namespace InferServe.Tokenization.Normalization;

/// <summary>A normalizer that rewrites each character by itself.</summary>
internal abstract class CharacterNormalizer : INormalizer
{
    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        var output = new StringBuilder(text.Text.Length + 8);
        int position = 0;
        int atStart = 0;
        foreach (Rune rune in text.Text.EnumerateRunes())
        {
            Rewrite(rune, output);
            position += rune.Utf16SequenceLength;
            if (position <= text.AtStart)
            {
                atStart = output.Length;
            }
        }

        return new NormalizedText(output.ToString(), atStart);
    }

    /// <summary>Appends what a character becomes, nothing if it is left out.</summary>
    protected abstract void Rewrite(Rune rune, StringBuilder output);
}
