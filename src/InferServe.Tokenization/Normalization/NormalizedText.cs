using System.Text;

namespace InferServe.Tokenization.Normalization;

/// <summary>A text on its way through the normalizers.</summary>
/// <param name="Text">The text, without unpaired surrogates.</param>
/// <param name="AtStart">
/// How many UTF-16 units at the beginning of <paramref name="Text"/> stem from the first character of the whole given text; 0 when that
/// character was removed or lies before this text. The pre-tokenizer Metaspace with the scheme <c>first</c> asks for it.
/// </param>
internal readonly record struct NormalizedText(string Text, int AtStart)
{
    /// <summary>A part of a given text.</summary>
    /// <param name="text">The part.</param>
    /// <param name="isAtStart">Whether the given text begins with it.</param>
    public static NormalizedText Of(string text, bool isAtStart) =>
        new(text, !isAtStart || text.Length == 0 ? 0 : Rune.GetRuneAt(text, 0).Utf16SequenceLength);
}
