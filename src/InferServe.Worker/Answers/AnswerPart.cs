namespace InferServe.Worker.Answers;

/// <summary>What an <see cref="IAnswerParser"/> finds in the text of an answer.</summary>
internal abstract record AnswerPart
{
    /// <summary>Text for the user.</summary>
    public sealed record Text(string Value) : AnswerPart;

    /// <summary>What the model writes for itself before it answers.</summary>
    public sealed record Reasoning(string Value) : AnswerPart;

    /// <summary>A complete call.</summary>
    /// <param name="Name">The function.</param>
    /// <param name="Arguments">The arguments, a JSON object.</param>
    public sealed record Call(string Name, string Arguments) : AnswerPart;
}
