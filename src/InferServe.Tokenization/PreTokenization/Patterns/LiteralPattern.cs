namespace InferServe.Tokenization.PreTokenization.Patterns;

/// <summary>A pattern that is a plain string.</summary>
/// <param name="literal">The string, not empty.</param>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    /// <inheritdoc/>
    public void FindAll(ReadOnlySpan<char> text, ref PieceSplitter splitter)
    {
        int start = 0;
        while (text[start..].IndexOf(literal, StringComparison.Ordinal) is >= 0 and int skipped)
        {
            start += skipped + literal.Length;
            splitter.Match(start - literal.Length, start);
        }
    }
}
