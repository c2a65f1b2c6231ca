using System.Text;
using InferServe.Tokenization.Decoding;

namespace InferServe.Tokenization.Normalization;

/// <summary>The normalizer <c>ByteLevel</c>: writes the UTF-8 bytes of the text in the byte alphabet.</summary>
internal sealed class ByteLevelNormalizer : CharacterNormalizer
{
    /// <inheritdoc/>
    protected override void Rewrite(Rune rune, StringBuilder output)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
        {
            output.Append(ByteAlphabet.CharacterOf(value));
        }
    }
}
