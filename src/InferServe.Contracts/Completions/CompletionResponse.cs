using InferServe.Contracts.Generation;

namespace InferServe.Contracts.Completions;

/// <summary>The answer of <c>POST /v1/completions</c>, in one piece or as one chunk of a stream: both have the same form.</summary>
public sealed record CompletionResponse
{
    public required string Id { get; init; }

    public string Object { get; init; } = "text_completion";

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }

    public required string Model { get; init; }

    /// <summary>Empty in the chunk that carries the usage of a stream.</summary>
    public required IReadOnlyList<CompletionChoice> Choices { get; init; }

    public Usage? Usage { get; init; }

    public string? SystemFingerprint { get; init; }
}
