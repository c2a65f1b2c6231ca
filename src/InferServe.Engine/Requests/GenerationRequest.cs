using System.Collections.Frozen;

namespace InferServe.Engine.Requests;

/// <summary>
/// One generation, checked and immutable: the prompt fits the context, every parameter is in range.
/// Nothing behind this type checks again.
/// </summary>
public sealed record GenerationRequest
{
    /// <summary>The request's id, as it appears in logs.</summary>
    public required string Id { get; init; }

    /// <summary>Prompt token ids, at least one, fewer than the model's context length.</summary>
    public required ReadOnlyMemory<int> PromptTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public required SamplingParameters Sampling { get; init; }

    /// <summary>The most tokens to generate, at least one. The engine also ends a sequence when its context is full.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens that end the sequence when generated; the token itself is part of the output.</summary>
    public required FrozenSet<int> StopTokens { get; init; }
}
