using InferServe.Contracts.Generation;
using InferServe.Contracts.Logprobs;

namespace InferServe.Contracts.Chat;

/// <summary>The answer of <c>POST /v1/chat/completions</c> in one piece.</summary>
public sealed record ChatCompletionResponse
{
    public required string Id { get; init; }

    public string Object { get; init; } = "chat.completion";

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<ChatChoice> Choices { get; init; }

    public Usage? Usage { get; init; }

    /// <summary>The prompt's tokens, when the request asks for them.</summary>
    public IReadOnlyList<int>? PromptTokenIds { get; init; }

    /// <summary>For each token of the prompt the likeliest ones in its place by their ids; null for the first. When the request asks for them.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, PromptLogprob>?>? PromptLogprobs { get; init; }

    /// <summary>Changes when the model's files or the server's build change, so that equal seeds may give other answers.</summary>
    public string? SystemFingerprint { get; init; }
}
