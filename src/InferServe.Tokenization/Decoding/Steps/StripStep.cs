namespace InferServe.Tokenization.Decoding.Steps;

/// <summary>Takes a character from the ends of each token; holds back no more than what may have to be taken from the end.</summary>
/// <param name="next">Takes what comes out.</param>
/// <param name="content">The character.</param>
/// <param name="start">How often it is taken from the start at most.</param>
/// <param name="stop">How often it is taken from the end at most.</param>
/// <param name="isWithin">Whether the start of the first token has been.</param>
internal sealed class StripStep(DecodingStep next, string content, int start, int stop, bool isWithin = false) : DecodingStep(next)
{
    private int _leftToTake = isWithin ? 0 : start;
    private int _held;

    /// <inheritdoc/>
    public override void Write(string text)
    {
        int from = 0;
        while (_leftToTake > 0 && from < text.Length)
        {
            if (!text.AsSpan(from).StartsWith(content, StringComparison.Ordinal))
            {
                _leftToTake = 0;
                break;
            }

            from += content.Length;
            _leftToTake--;
        }

        int to = text.Length;
        int atEnd = 0;
        while (atEnd < stop && to - content.Length >= from && text.AsSpan(0, to).EndsWith(content, StringComparison.Ordinal))
        {
            to -= content.Length;
            atEnd++;
        }

        // What was held back is certain to stay as far as it is more than what may be taken together with the new end.
        int certain = to > from ? _held : Math.Max(0, _held + atEnd - stop);
        Next.Write(Repeat(certain) + text[from..to]);
        _held = _held + atEnd - certain;
    }

    /// <inheritdoc/>
    public override void EndToken()
    {
        Next.EndToken();
        (_leftToTake, _held) = (start, 0);
    }

    private string Repeat(int count) => count == 0 ? string.Empty : string.Concat(Enumerable.Repeat(content, count));
}
