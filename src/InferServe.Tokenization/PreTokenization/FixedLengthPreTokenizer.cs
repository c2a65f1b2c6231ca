namespace InferServe.Tokenization.PreTokenization;

/// <summary>The pre-tokenizer <c>FixedLength</c>: cuts after each so many characters.</summary>
/// <param name="length">The number of characters, at least 1.</param>
internal sealed class FixedLengthPreTokenizer(int length) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece text, IPieceSink sink)
    {
        int start = 0;
        int count = 0;
        for (int at = 0; at < text.Text.Length; at++)
        {
            if (char.IsLowSurrogate(text.Text[at]))
            {
                continue;
            }

            if (count == length)
            {
                sink.Add(text.Slice(start, at));
                (start, count) = (at, 0);
            }

            count++;
        }

        sink.Add(text.Slice(start, text.Text.Length));
    }
}
