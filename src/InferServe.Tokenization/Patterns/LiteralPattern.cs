namespace InferServe.Tokenization.Patterns;

/// <summary>A pattern that is a plain string.</summary>
/// <param name="literal">The string, not empty.</param>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    /// <summary>The string.</summary>
    public string Literal => literal;

    /// <inheritdoc/>
    public void FindAll<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : IMatchSink, allows ref struct
    {
        int start = 0;
        while (text[start..].IndexOf(literal, StringComparison.Ordinal) is >= 0 and int skipped)
        {
            start += skipped + literal.Length;
            sink.Match(start - literal.Length, start);
        }
    }
}
