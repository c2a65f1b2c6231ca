using System.Text.Json;
using InferServe.Contracts.Chat;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;
using InferServe.Contracts.Tools;
using InferServe.Worker.Generation;
using InferServe.Worker.Logprobs;

namespace InferServe.Worker.Chat;

/// <summary>Answers of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatAnswerFormat(AnswerIdentity identity, AnswerOptions options, LogprobFormat logprobs) : IAnswerFormat
{
    private readonly HashSet<int> _begun = [];

    public IEnumerable<byte[]> Chunks(ChoicePiece item)
    {
        var (choice, piece) = item;
        if (_begun.Add(choice))
        {
            yield return Serialize(
                [new ChatChunkChoice { Index = choice, Delta = new ChatDelta { Role = ChatRoles.Assistant, Content = string.Empty } }],
                promptTokens: _begun.Count == 1 && options.TokenIds ? options.Prompts[0] : null);
        }

        switch (piece)
        {
            case AnswerPiece.Text text when text.Value.Length > 0 || text.Tokens.Count > 0:
                yield return Chunk(choice, new ChatDelta { Content = text.Value }, piece);
                break;
            case AnswerPiece.Reasoning reasoning when reasoning.Value.Length > 0 || reasoning.Tokens.Count > 0:
                yield return Chunk(choice, new ChatDelta { ReasoningContent = reasoning.Value }, piece);
                break;
            case AnswerPiece.Call call:
                yield return Chunk(choice, Delta(new ToolCallDelta
                {
                    Index = call.Index,
                    Id = call.Value.Id,
                    Type = call.Value.Type,
                    Function = new FunctionCall { Name = call.Value.Function!.Name, Arguments = string.Empty },
                }), piece);
                yield return Chunk(choice, Delta(new ToolCallDelta
                {
                    Index = call.Index,
                    Function = new FunctionCall { Arguments = call.Value.Function.Arguments },
                }));
                break;
            case AnswerPiece.End end:
                yield return Chunk(choice, new ChatDelta(), finishReason: end.FinishReason);
                break;
        }
    }

    public IEnumerable<byte[]> Last(Usage usage) => options.IncludeUsage ? [Serialize([], usage)] : [];

    public byte[] Whole(Answer answer) => JsonSerializer.SerializeToUtf8Bytes(
        new ChatCompletionResponse
        {
            Id = identity.Id,
            Created = identity.Created,
            Model = identity.Model,
            SystemFingerprint = identity.SystemFingerprint,
            Usage = answer.Usage,
            Choices = [.. answer.Choices.Select(Describe)],
            PromptTokenIds = options.TokenIds ? options.Prompts[0] : null,
            PromptLogprobs = logprobs.Prompt(answer.Choices[0].PromptLogprobs),
        },
        WireJson.Context.ChatCompletionResponse);

    private ChatChoice Describe(ChoiceAnswer answer, int index) => new()
    {
        Index = index,
        FinishReason = answer.FinishReason,
        Logprobs = logprobs.Chat(answer.Tokens),
        TokenIds = options.TokenIds ? answer.Tokens.Ids() : null,
        Message = new ChatAnswer
        {
            Content = answer.Text.Length == 0 && answer.ToolCalls.Count > 0 ? null : answer.Text,
            ReasoningContent = answer.Reasoning.Length > 0 ? answer.Reasoning : null,
            ToolCalls = answer.ToolCalls.Count > 0 ? answer.ToolCalls : null,
        },
    };

    private static ChatDelta Delta(ToolCallDelta call) => new() { ToolCalls = [call] };

    private byte[] Chunk(int choice, ChatDelta delta, AnswerPiece? piece = null, string? finishReason = null) => Serialize(
    [
        new ChatChunkChoice
        {
            Index = choice,
            Delta = delta,
            FinishReason = finishReason,
            Logprobs = piece is null ? null : logprobs.Chat(piece.Tokens),
            TokenIds = options.TokenIds ? piece?.Tokens.Ids() : null,
        },
    ]);

    private byte[] Serialize(IReadOnlyList<ChatChunkChoice> choices, Usage? usage = null, IReadOnlyList<int>? promptTokens = null) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ChatCompletionChunk
            {
                Id = identity.Id,
                Created = identity.Created,
                Model = identity.Model,
                SystemFingerprint = identity.SystemFingerprint,
                Choices = choices,
                Usage = usage,
                PromptTokenIds = promptTokens,
            },
            WireJson.Context.ChatCompletionChunk);
}
