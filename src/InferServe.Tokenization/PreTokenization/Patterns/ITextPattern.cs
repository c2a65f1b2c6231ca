namespace InferServe.Tokenization.PreTokenization.Patterns;

/// <summary>A pattern that a text is cut at. Thread-safe.</summary>
internal interface ITextPattern
{
    /// <summary>Tells the splitter of all matches in a text, from left to right, none overlapping.</summary>
    void FindAll(ReadOnlySpan<char> text, ref PieceSplitter splitter);
}
