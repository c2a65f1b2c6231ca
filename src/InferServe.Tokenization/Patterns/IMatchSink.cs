namespace InferServe.Tokenization.Patterns;

/// <summary>Is told of the matches of a pattern.</summary>
internal interface IMatchSink
{
    /// <summary>Takes the next match, which begins at or after the end of the one before.</summary>
    /// <param name="start">Index of its first UTF-16 unit.</param>
    /// <param name="end">Index after its last one; the same as <paramref name="start"/> for an empty match.</param>
    void Match(int start, int end);
}
