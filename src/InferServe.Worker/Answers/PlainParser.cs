namespace InferServe.Worker.Answers;

/// <summary>Takes everything as text.</summary>
internal sealed class PlainParser : IAnswerParser
{
    public IReadOnlyList<AnswerPart> Append(string piece) => piece.Length == 0 ? [] : [new AnswerPart.Text(piece)];

    public IReadOnlyList<AnswerPart> Flush() => [];
}
