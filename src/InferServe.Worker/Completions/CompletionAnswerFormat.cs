using System.Text.Json;
using InferServe.Contracts.Completions;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;
using InferServe.Worker.Generation;

namespace InferServe.Worker.Completions;

/// <summary>Answers of <c>/v1/completions</c>; the chunks of a stream have the form of the whole.</summary>
internal sealed class CompletionAnswerFormat(AnswerIdentity identity, bool includeUsage) : IAnswerFormat
{
    public IEnumerable<byte[]> Chunks(AnswerPiece piece)
    {
        switch (piece)
        {
            case AnswerPiece.Text { Value.Length: > 0 } text:
                yield return Serialize(text.Value);
                break;
            case AnswerPiece.End end:
                yield return Serialize(string.Empty, end.FinishReason);
                if (includeUsage)
                {
                    yield return Serialize([], end.Usage);
                }

                break;
        }
    }

    public byte[] Whole(Answer answer) => Serialize(
        [new CompletionChoice { Index = 0, Text = answer.Text, FinishReason = answer.FinishReason }], answer.Usage);

    private byte[] Serialize(string text, string? finishReason = null) =>
        Serialize([new CompletionChoice { Index = 0, Text = text, FinishReason = finishReason }], usage: null);

    private byte[] Serialize(IReadOnlyList<CompletionChoice> choices, Usage? usage) => JsonSerializer.SerializeToUtf8Bytes(
        new CompletionResponse
        {
            Id = identity.Id,
            Created = identity.Created,
            Model = identity.Model,
            SystemFingerprint = identity.SystemFingerprint,
            Choices = choices,
            Usage = usage,
        },
        WireJson.Context.CompletionResponse);
}
