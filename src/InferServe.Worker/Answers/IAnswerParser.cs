namespace InferServe.Worker.Answers;

/// <summary>
/// Finds the parts of an answer in a text that comes in pieces. The outcome does not depend on how the text is cut into pieces, and
/// nothing is lost: what turns out to be no call is text. Serves one answer; not thread-safe.
/// </summary>
internal interface IAnswerParser
{
    /// <summary>Adds a piece of text; returns the parts that are certain now, in their order.</summary>
    IReadOnlyList<AnswerPart> Append(string piece);

    /// <summary>Ends the text; returns what was held back.</summary>
    IReadOnlyList<AnswerPart> Flush();
}
