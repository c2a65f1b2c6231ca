using InferServe.Worker.Answers;

namespace InferServe.Worker.Reasoning;

/// <summary>Reasoning from a <see cref="ReasoningFilter"/>, everything else from the inner parser.</summary>
internal sealed class TaggedReasoningParser(ReasoningFilter filter, IAnswerParser inner) : IAnswerParser
{
    public IReadOnlyList<AnswerPart> Append(string piece) => Join(filter.Append(piece));

    public IReadOnlyList<AnswerPart> Flush() => [.. Join(filter.Flush()), .. inner.Flush()];

    private List<AnswerPart> Join((string Reasoning, string Text) found)
    {
        List<AnswerPart> parts = found.Reasoning.Length > 0 ? [new AnswerPart.Reasoning(found.Reasoning)] : [];
        if (found.Text.Length > 0)
        {
            parts.AddRange(inner.Append(found.Text));
        }

        return parts;
    }
}
