namespace InferServe.Tokenization.Patterns;

/// <summary>A pattern that is looked for in texts. Thread-safe.</summary>
internal interface ITextPattern
{
    /// <summary>Tells of all matches in a text that is not empty, from left to right, none overlapping.</summary>
    /// <typeparam name="TSink">What takes the matches; a type parameter, so that splitting needs no memory for them.</typeparam>
    void FindAll<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : IMatchSink, allows ref struct;
}
