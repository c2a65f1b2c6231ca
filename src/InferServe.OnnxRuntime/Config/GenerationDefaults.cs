namespace InferServe.OnnxRuntime.Config;

/// <summary>How a model's makers want its tokens to be chosen; null where they do not say.</summary>
public sealed record GenerationDefaults
{
    /// <summary>Says nothing.</summary>
    public static readonly GenerationDefaults None = new();

    /// <summary>Divides the logits; 0 is greedy, also where the file says <c>do_sample: false</c>.</summary>
    public float? Temperature { get; init; }

    /// <summary>Keeps the k most likely tokens; 0 keeps all.</summary>
    public int? TopK { get; init; }

    /// <summary>Keeps the most likely tokens up to this share of probability, in (0, 1].</summary>
    public float? TopP { get; init; }

    /// <summary>Drops tokens below this share of the most likely token's probability, in [0, 1].</summary>
    public float? MinP { get; init; }

    /// <summary>Makes tokens that occur in prompt or answer less likely (above 1) or likelier (below 1), in [0.01, 10].</summary>
    public float? RepetitionPenalty { get; init; }

    /// <summary>The most tokens of an answer to a request that does not say.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>The most tokens of prompt and answer together, where a request does not say how long its answer may be.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether it says anything about how tokens are chosen.</summary>
    public bool SaysHow => Temperature is not null || TopK is not null || TopP is not null || MinP is not null || RepetitionPenalty is not null;
}
