using System.Buffers;
using InferServe.Tokenization.PreTokenization.Patterns;

namespace InferServe.Tokenization.PreTokenization;

/// <summary>
/// The pre-tokenizer <c>ByteLevel</c>, without its last step: the pieces stay text, and the model takes their UTF-8 bytes instead of
/// characters of the byte alphabet.
/// </summary>
/// <param name="addPrefixSpace">Whether each text that does not begin with a space gets one.</param>
/// <param name="useRegex">Whether texts are cut into words, numbers, signs and white space as GPT-2 does.</param>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private static readonly Lazy<SplitPreTokenizer> Words = new(static () => new SplitPreTokenizer(
        RegexPattern.Create(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), SplitBehavior.Isolated, invert: false));

    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IPieceSink sink)
    {
        if (!addPrefixSpace || text.StartsWith(' '))
        {
            SplitWords(text, sink);
            return;
        }

        char[] prefixed = ArrayPool<char>.Shared.Rent(text.Length + 1);
        prefixed[0] = ' ';
        text.CopyTo(prefixed.AsSpan(1));
        SplitWords(prefixed.AsSpan(0, text.Length + 1), sink);
        ArrayPool<char>.Shared.Return(prefixed);
    }

    private void SplitWords(ReadOnlySpan<char> text, IPieceSink sink)
    {
        if (useRegex)
        {
            Words.Value.Split(text, sink);
        }
        else
        {
            sink.Add(text);
        }
    }
}
