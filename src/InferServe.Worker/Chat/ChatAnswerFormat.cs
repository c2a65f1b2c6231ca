using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tools;
using InferServe.Worker.Generation;

namespace InferServe.Worker.Chat;

/// <summary>Answers of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatAnswerFormat(AnswerIdentity identity, bool includeUsage) : IAnswerFormat
{
    private bool _begun;

    public IEnumerable<byte[]> Chunks(AnswerPiece piece)
    {
        if (!_begun)
        {
            _begun = true;
            yield return Chunk(new ChatDelta { Role = ChatRoles.Assistant, Content = string.Empty });
        }

        switch (piece)
        {
            case AnswerPiece.Text { Value.Length: > 0 } text:
                yield return Chunk(new ChatDelta { Content = text.Value });
                break;
            case AnswerPiece.Call call:
                yield return Chunk(Delta(new ToolCallDelta
                {
                    Index = call.Index,
                    Id = call.Value.Id,
                    Type = call.Value.Type,
                    Function = new FunctionCall { Name = call.Value.Function!.Name, Arguments = string.Empty },
                }));
                yield return Chunk(Delta(new ToolCallDelta
                {
                    Index = call.Index,
                    Function = new FunctionCall { Arguments = call.Value.Function.Arguments },
                }));
                break;
            case AnswerPiece.End end:
                yield return Chunk(new ChatDelta(), end.FinishReason);
                if (includeUsage)
                {
                    yield return Serialize([], end.Usage);
                }

                break;
        }
    }

    public byte[] Whole(Answer answer) => JsonSerializer.SerializeToUtf8Bytes(
        new ChatCompletionResponse
        {
            Id = identity.Id,
            Created = identity.Created,
            Model = identity.Model,
            SystemFingerprint = identity.SystemFingerprint,
            Usage = answer.Usage,
            Choices =
            [
                new ChatChoice
                {
                    Index = 0,
                    FinishReason = answer.FinishReason,
                    Message = new ChatAnswer
                    {
                        Content = answer.Text.Length == 0 && answer.ToolCalls.Count > 0 ? null : answer.Text,
                        ToolCalls = answer.ToolCalls.Count > 0 ? answer.ToolCalls : null,
                    },
                },
            ],
        },
        WireJson.Context.ChatCompletionResponse);

    private static ChatDelta Delta(ToolCallDelta call) => new() { ToolCalls = [call] };

    private byte[] Chunk(ChatDelta delta, string? finishReason = null) =>
        Serialize([new ChatChunkChoice { Index = 0, Delta = delta, FinishReason = finishReason }], usage: null);

    private byte[] Serialize(IReadOnlyList<ChatChunkChoice> choices, Usage? usage) => JsonSerializer.SerializeToUtf8Bytes(
        new ChatCompletionChunk
        {
            Id = identity.Id,
            Created = identity.Created,
            Model = identity.Model,
            SystemFingerprint = identity.SystemFingerprint,
            Choices = choices,
            Usage = usage,
        },
        WireJson.Context.ChatCompletionChunk);
}
