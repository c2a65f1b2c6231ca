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

    /// <summary>How many answers to give; 1 by default.</summary>
    public long? N { get; init; }

    /// <summary>−2 … 2: makes tokens that occur in the answer less likely (above 0) or likelier.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>−2 … 2: the same, the more the oftener they occur.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>0.01 … 10: makes tokens that occur in prompt or answer less likely (above 1) or likelier (below 1).</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>Added to the logits of tokens, −100 … 100 by token id.</summary>
    public IReadOnlyDictionary<string, double>? LogitBias { get; init; }

    /// <summary>The fewest tokens to generate before the answer may end.</summary>
    public long? MinTokens { get; init; }

    /// <summary>When true, the stop string that ends the answer is part of it.</summary>
    public bool? IncludeStopStrInOutput { get; init; }

    /// <summary>Accepted and without effect: the caller's own name for its user.</summary>
    public string? User { get; init; }

    /// <summary>Place in the queue: lower values run earlier; 0 by default.</summary>
    public long? Priority { get; init; }

    /// <summary>Keeps cached prefixes apart: they are shared only with requests of the same salt.</summary>
    public string? CacheSalt { get; init; }

    /// <summary>How many of the likeliest tokens to show in the place of each prompt token; not with a stream.</summary>
    public long? PromptLogprobs { get; init; }

    /// <summary>Whether the answer shows token ids beside the text.</summary>
    public bool? ReturnTokenIds { get; init; }

    /// <summary>The form that the answer must have.</summary>
    public StructuredOutputs? StructuredOutputs { get; init; }
}
