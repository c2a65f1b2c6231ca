using System.Text.Json;
using InferServe.Contracts.Completions;
using InferServe.Contracts.Generation;
using InferServe.Contracts.Json;
using InferServe.Engine.Requests;
using InferServe.Worker.Generation;
using InferServe.Worker.Logprobs;

namespace InferServe.Worker.Completions;

/// <summary>Answers of <c>/v1/completions</c>; the chunks of a stream have the form of the whole.</summary>
/// <param name="identity">What every part carries.</param>
/// <param name="options">What is shown beside the text.</param>
/// <param name="samples">Answers to each prompt.</param>
/// <param name="echoes">The text of each prompt that its answers begin with, or null for answers without it.</param>
/// <param name="echoLogprobs">Whether the log-probabilities of an answer begin with those of its prompt.</param>
/// <param name="logprobs">Shows log-probabilities.</param>
internal sealed class CompletionAnswerFormat(
    AnswerIdentity identity, AnswerOptions options, int samples, IReadOnlyList<string>? echoes, bool echoLogprobs, LogprobFormat logprobs) : IAnswerFormat
{
    /// <summary>How long each answer's text is so far, in UTF-16 characters.</summary>
    private readonly Dictionary<int, int> _offsets = [];

    public IEnumerable<byte[]> Chunks(ChoicePiece item)
    {
        var (choice, piece) = item;
        if (_offsets.TryAdd(choice, echoes?[choice / samples].Length ?? 0) && (echoes is not null || options.TokenIds))
        {
            yield return Serialize([new CompletionChoice
            {
                Index = choice,
                Text = echoes?[choice / samples] ?? string.Empty,
                PromptTokenIds = options.TokenIds ? options.Prompts[choice / samples] : null,
            }]);
        }

        switch (piece)
        {
            case AnswerPiece.Text text when text.Value.Length > 0 || text.Tokens.Count > 0:
                var offset = _offsets[choice];
                var shown = logprobs.Completion(piece.Tokens, prompt: null, ref offset);
                _offsets[choice] = offset;
                yield return Serialize([new CompletionChoice
                {
                    Index = choice,
                    Text = text.Value,
                    Logprobs = shown,
                    TokenIds = options.TokenIds ? piece.Tokens.Ids() : null,
                }]);
                break;
            case AnswerPiece.End end:
                yield return Serialize([new CompletionChoice { Index = choice, Text = string.Empty, FinishReason = end.FinishReason }]);
                break;
        }
    }

    public IEnumerable<byte[]> Last(Usage usage) => options.IncludeUsage ? [Serialize([], usage)] : [];

    public byte[] Whole(Answer answer) => Serialize([.. answer.Choices.Select(Describe)], answer.Usage);

    private CompletionChoice Describe(ChoiceAnswer answer, int index)
    {
        var prompt = index / samples;
        var echo = echoes?[prompt];
        var offset = echoLogprobs ? 0 : echo?.Length ?? 0;
        return new CompletionChoice
        {
            Index = index,
            Text = echo + answer.Text,
            FinishReason = answer.FinishReason,
            Logprobs = logprobs.Completion(answer.Tokens, echoLogprobs ? Prompt(options.Prompts[prompt], answer.PromptLogprobs!) : null, ref offset),
            TokenIds = options.TokenIds ? answer.Tokens.Ids() : null,
            PromptTokenIds = options.TokenIds ? options.Prompts[prompt] : null,
            PromptLogprobs = echoLogprobs ? null : logprobs.Prompt(answer.PromptLogprobs),
        };
    }

    private static List<(int Token, TokenLogprobs? Logprobs)> Prompt(IReadOnlyList<int> tokens, IReadOnlyList<TokenLogprobs?> given) => [.. tokens.Zip(given)];

    private byte[] Serialize(IReadOnlyList<CompletionChoice> choices, Usage? usage = null) => JsonSerializer.SerializeToUtf8Bytes(
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
