using InferServe.Contracts.Generation;

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

    /// <summary>Changes when the model's files or the server's build change, so that equal seeds may give other answers.</summary>
    public string? SystemFingerprint { get; init; }
}
