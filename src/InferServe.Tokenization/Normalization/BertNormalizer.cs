using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>BertNormalizer</c>: BERT's cleaning, room around Chinese characters, no accents, lower case; each if asked for.</summary>
internal static class BertNormalizer
{
    /// <summary>Creates the normalizer.</summary>
    /// <param name="cleanText">Whether control characters are left out and white space becomes spaces.</param>
    /// <param name="handleChineseCharacters">Whether ideographs get spaces around them.</param>
    /// <param name="stripAccents">Whether the text is decomposed and loses its marks.</param>
    /// <param name="lowercase">Whether the text is written in lower case.</param>
    public static INormalizer Create(bool cleanText, bool handleChineseCharacters, bool stripAccents, bool lowercase)
    {
        var parts = new List<INormalizer>();
        if (cleanText)
        {
            parts.Add(new Cleaning());
        }

        if (handleChineseCharacters)
        {
            parts.Add(new ChineseSpacing());
        }

        if (stripAccents)
        {
            parts.Add(new UnicodeNormalizer(compose: false, compatibility: false));
            parts.Add(new NonspacingRemoval());
        }

        if (lowercase)
        {
            parts.Add(new LowercaseNormalizer());
        }

        return new SequenceNormalizer(parts);
    }

    private sealed class Cleaning : CharacterNormalizer
    {
        protected override void Rewrite(Rune rune, StringBuilder output)
        {
            if (rune.Value is not (0 or 0xFFFD) && !CharacterSet.Other.Contains(rune.Value))
            {
                output.Append(Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune);
            }
        }
    }

    private sealed class ChineseSpacing : CharacterNormalizer
    {
        protected override void Rewrite(Rune rune, StringBuilder output)
        {
            if (IsIdeograph(rune.Value))
            {
                output.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                output.Append(rune);
            }
        }

        /// <summary>The blocks of ideographs that BERT names.</summary>
        private static bool IsIdeograph(int codePoint) => codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
            or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
    }

    private sealed class NonspacingRemoval : CharacterNormalizer
    {
        protected override void Rewrite(Rune rune, StringBuilder output)
        {
            if (!CharacterSet.Nonspacing.Contains(rune.Value))
            {
                output.Append(rune);
            }
        }
    }
}
