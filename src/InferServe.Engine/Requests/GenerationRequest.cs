using System.Collections.Frozen;
using InferServe.Grammar;

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

    /// <summary>The fewest tokens to generate: until then the stop tokens cannot be chosen.</summary>
    public int MinTokens { get; init; }

    /// <summary>Limits the output to texts of a grammar; null leaves it free.</summary>
    public ITokenGrammar? Grammar { get; init; }

    /// <summary>How many of the likeliest tokens come with each token's own log-probability; null gives no log-probabilities at all.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>The same for the tokens of the prompt.</summary>
    public int? PromptLogprobs { get; init; }

    /// <summary>Place in the queue: lower runs earlier; 0 by default.</summary>
    public int Priority { get; init; }

    /// <summary>Whose request it is; tenants of the same priority take turns. Empty by default.</summary>
    public string Tenant { get; init; } = string.Empty;

    /// <summary>Requests share cached prefixes only with requests of the same salt. Empty by default.</summary>
    public string CacheSalt { get; init; } = string.Empty;

    /// <summary>Name of the adapter that changes the model's weights for this request; null for the model as it is.</summary>
    public string? Adapter { get; init; }
}
