using System.Globalization;
using System.Text;

namespace InferServe.Tokenization.Normalization;

/// <summary>
/// The normalizer <c>Precompiled</c>: SentencePiece's rules, applied to each short grapheme cluster as a whole, otherwise to its
/// characters one by one.
/// </summary>
internal sealed class PrecompiledNormalizer(CharacterMap map) : INormalizer
{
    private const int ShortGraphemeBytes = 6;

    /// <inheritdoc/>
    public NormalizedText Normalize(NormalizedText text)
    {
        var changes = new AlignedText(text);
        ReadOnlySpan<char> rest = text.Text;
        while (rest.Length > 0)
        {
            int length = StringInfo.GetNextTextElementLength(rest);
            Grapheme(rest[..length], changes);
            rest = rest[length..];
        }

        return changes.Finish();
    }

    private void Grapheme(ReadOnlySpan<char> grapheme, AlignedText output)
    {
        if (Encoding.UTF8.GetByteCount(grapheme) < ShortGraphemeBytes && TryReplace(grapheme, output))
        {
            return;
        }

        Span<char> buffer = stackalloc char[2];
        foreach (Rune rune in grapheme.EnumerateRunes())
        {
            ReadOnlySpan<char> character = buffer[..rune.EncodeToUtf16(buffer)];
            if (!TryReplace(character, output))
            {
                output.Keep(rune);
            }
        }
    }

    private bool TryReplace(ReadOnlySpan<char> part, AlignedText output)
    {
        Span<byte> bytes = stackalloc byte[ShortGraphemeBytes];
        ReadOnlySpan<byte> replacement = map.Find(bytes[..Encoding.UTF8.GetBytes(part, bytes)], out bool isFound);
        if (isFound)
        {
            output.Replace(part, Encoding.UTF8.GetString(replacement));
        }

        return isFound;
    }
}
