using InferServe.Contracts.Generation;

namespace InferServe.Contracts.Chat;

/// <summary>One server-sent event of a streamed chat completion. All chunks of an answer share id and time.</summary>
public sealed record ChatCompletionChunk
{
    public required string Id { get; init; }

    public string Object { get; init; } = "chat.completion.chunk";

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    /// <summary>Empty in the chunk that carries the usage.</summary>
    public required IReadOnlyList<ChatChunkChoice> Choices { get; init; }

    /// <summary>Only in the last chunk, when the request asks for it.</summary>
    public Usage? Usage { get; init; }

    /// <summary>The prompt's tokens, in the first chunk, when the request asks for them.</summary>
    public IReadOnlyList<int>? PromptTokenIds { get; init; }

    public string? SystemFingerprint { get; init; }
}
