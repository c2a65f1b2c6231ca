namespace InferServe.Engine.Requests;

/// <summary>How the next token is chosen from the logits. Every value is already checked against its range.</summary>
public sealed record SamplingParameters
{
    /// <summary>Divides the logits; 0 means greedy (the highest logit wins, ties go to the lowest token id).</summary>
    public float Temperature { get; init; } = 1f;

    /// <summary>Keeps the k most likely tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Keeps the smallest set of most likely tokens whose probability reaches this share, in (0, 1]; 1 keeps all.</summary>
    public float TopP { get; init; } = 1f;

    /// <summary>Drops tokens less likely than this share of the most likely token's probability, in [0, 1]; 0 keeps all.</summary>
    public float MinP { get; init; }

    /// <summary>
    /// Divides positive and multiplies negative logits of tokens that occur in the prompt or the output (CTRL, Keskar et al., 2019);
    /// 1 changes nothing.
    /// </summary>
    public float RepetitionPenalty { get; init; } = 1f;

    /// <summary>Subtracted once from the logits of tokens that occur in the output; 0 changes nothing.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Subtracted from the logits of tokens as often as they occur in the output; 0 changes nothing.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Added to the logits of single tokens; every id is one of the model's, none twice.</summary>
    public IReadOnlyList<KeyValuePair<int, float>> LogitBias { get; init; } = [];

    /// <summary>Key of the counter-based random numbers; when null the engine draws one.</summary>
    public ulong? Seed { get; init; }
}
