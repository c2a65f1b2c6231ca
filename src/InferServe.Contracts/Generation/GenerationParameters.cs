using System.Text.Json;

namespace InferServe.Contracts.Generation;

/// <summary>
/// What chat and text completions have in common. Every member is as the client wrote it; a validator checks the values, and
/// null leaves the choice to the model's <c>generation_config.json</c> or to OpenAI's default.
/// </summary>
public abstract record GenerationParameters
{
    /// <summary>The name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>When true, the answer comes as server-sent events, token by token.</summary>
    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    /// <summary>The most tokens to generate; absent: as many as the context holds.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Flattens the distribution; 0 (always the likeliest token) … 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>Chooses among the likeliest tokens that together reach this share, in (0, 1].</summary>
    public double? TopP { get; init; }

    /// <summary>Chooses among the k likeliest tokens; 0 or −1: all.</summary>
    public long? TopK { get; init; }

    /// <summary>Drops tokens less likely than this share of the likeliest, in [0, 1].</summary>
    public double? MinP { get; init; }

    /// <summary>Makes the answer repeatable.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts that end the answer; they are not part of it.</summary>
    public StopStrings? Stop { get; init; }

    /// <summary>Tokens that end the answer, besides the model's own; they are not part of it.</summary>
    public IReadOnlyList<int>? StopTokenIds { get; init; }

    /// <summary>When true, the model's end-of-text tokens do not end the answer (for measurements).</summary>
    public bool? IgnoreEos { get; init; }

    /// <summary>How many answers to give; 1 is supported.</summary>
    public long? N { get; init; }

    /// <summary>−2 … 2; 0 is supported.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>−2 … 2; 0 is supported.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Above 0; 1 is supported.</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>Added to the logits of tokens; only an empty object is supported.</summary>
    public IReadOnlyDictionary<string, double>? LogitBias { get; init; }

    /// <summary>The fewest tokens to generate; 0 is supported.</summary>
    public long? MinTokens { get; init; }

    /// <summary>When true, a stop string is part of the answer; false is supported.</summary>
    public bool? IncludeStopStrInOutput { get; init; }

    /// <summary>Accepted and without effect: the caller's own name for its user.</summary>
    public string? User { get; init; }

    /// <summary>Place in the queue; 0 is supported.</summary>
    public long? Priority { get; init; }

    /// <summary>Accepted and without effect: keeps cached prefixes of tenants apart, and nothing is cached.</summary>
    public string? CacheSalt { get; init; }

    /// <summary>Not supported: log-probabilities of the prompt.</summary>
    public long? PromptLogprobs { get; init; }

    /// <summary>Not supported: the token ids beside the text.</summary>
    public bool? ReturnTokenIds { get; init; }

    /// <summary>Not supported: constraints of the answer's form.</summary>
    public JsonElement? StructuredOutputs { get; init; }
}
