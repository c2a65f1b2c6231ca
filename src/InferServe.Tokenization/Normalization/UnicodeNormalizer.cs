using System.Text;
using InferServe.Tokenization.Unicode;

namespace InferServe.Tokenization.Normalization;

/// <summary>
/// The normalization forms NFC, NFD, NFKC and NFKD (Unicode Standard Annex 15). The framework's own <see cref="string.Normalize()"/>
/// does nothing when globalization is invariant, which it is here so that no system library decides about token ids.
/// </summary>
/// <param name="compose">NFC and NFKC: compose after decomposing.</param>
/// <param name="compatibility">NFKC and NFKD: decompose compatibility characters too.</param>
internal sealed class UnicodeNormalizer(bool compose, bool compatibility) : INormalizer
{
    private const char FirstAffected = '\u0080';

    // No character below U+0300 changes in NFC, and none composes with one before it.
    private const char FirstAffectedByComposing = '\u0300';

    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        string normalized = Normalize(text.Text);
        if (text.AtStart == 0 || ReferenceEquals(normalized, text.Text))
        {
            return text with { Text = normalized };
        }

        // What the characters at the start become by themselves; those after them may only join its last one.
        return new NormalizedText(normalized, Math.Min(Normalize(text.Text[..text.AtStart]).Length, normalized.Length));
    }

    /// <summary>The normalization form of a text; the same string when it is normalized already.</summary>
    public string Normalize(string text)
    {
        if (IsNormalized(text))
        {
            return text;
        }

        var codePoints = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, codePoints);
        }

        Order(codePoints);
        if (compose)
        {
            Compose(codePoints);
        }

        var result = new StringBuilder(text.Length);
        foreach (int codePoint in codePoints)
        {
            result.Append(new Rune(codePoint));
        }

        return result.ToString();
    }

    /// <summary>The quick check: false when the text may change.</summary>
    private bool IsNormalized(string text)
    {
        bool isComposition = compose && !compatibility;
        char first = isComposition ? FirstAffectedByComposing : FirstAffected;
        int at = text.AsSpan().IndexOfAnyInRange(first, char.MaxValue);
        if (at < 0)
        {
            return true;
        }

        if (!isComposition)
        {
            return false;
        }

        NormalizationData data = NormalizationData.Instance;
        foreach (Rune rune in text.AsSpan(at).EnumerateRunes())
        {
            if (data.MayChangeInComposition(rune.Value))
            {
                return false;
            }
        }

        return true;
    }

    private void Decompose(int codePoint, List<int> output)
    {
        if (Hangul.TryDecompose(codePoint, output))
        {
            return;
        }

        if (NormalizationData.Instance.DecompositionOf(codePoint, compatibility) is not { } parts)
        {
            output.Add(codePoint);
            return;
        }

        // Decompositions are a few steps deep at most.
        foreach (int part in parts)
        {
            Decompose(part, output);
        }
    }

    /// <summary>The canonical ordering: sorts each run of combining characters by class, stably.</summary>
    private static void Order(List<int> codePoints)
    {
        NormalizationData data = NormalizationData.Instance;
        for (int start = 0; start < codePoints.Count; start++)
        {
            int end = start;
            while (end < codePoints.Count && data.CombiningClassOf(codePoints[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                List<int> run = codePoints.GetRange(start, end - start);
                int at = start;
                foreach (int codePoint in run.OrderBy(data.CombiningClassOf))
                {
                    codePoints[at++] = codePoint;
                }
            }

            start = end;
        }
    }

    /// <summary>
    /// The canonical composition: each character joins the last starter unless a character between them blocks it, which is one
    /// whose combining class is not lower. Works in place, since the text only gets shorter.
    /// </summary>
    private static void Compose(List<int> codePoints)
    {
        NormalizationData data = NormalizationData.Instance;
        int starter = -1;
        int length = 0;
        int lastClass = 0;
        foreach (int codePoint in codePoints.ToArray())
        {
            int combiningClass = data.CombiningClassOf(codePoint);
            bool isAdjacent = starter == length - 1;
            if (starter >= 0 && (isAdjacent || lastClass < combiningClass)
                && (Hangul.Compose(codePoints[starter], codePoint) ?? data.CompositionOf(codePoints[starter], codePoint)) is { } composed)
            {
                codePoints[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = length;
            }

            lastClass = combiningClass;
            codePoints[length++] = codePoint;
        }

        codePoints.RemoveRange(length, codePoints.Count - length);
    }
}
