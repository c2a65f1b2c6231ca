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

    /// <summary>Key of the counter-based random numbers; when null the engine draws one.</summary>
    public ulong? Seed { get; init; }
}
