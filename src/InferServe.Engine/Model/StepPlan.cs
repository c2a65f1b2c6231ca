namespace InferServe.Engine.Model;

/// <summary>
/// What one step of the engine runs: decode batches and prefill chunks, each of other rows. There are several batches where
/// neighbouring rows cannot share a run, for example because they use different adapters.
/// </summary>
/// <param name="Decode">Batches of one new token a row, in the order in which they run.</param>
/// <param name="Prefill">Chunks of several new tokens, in the order in which they run.</param>
public sealed record StepPlan(IReadOnlyList<DecodeBatch> Decode, IReadOnlyList<PrefillChunk> Prefill)
{
    /// <summary>True when there is nothing to run.</summary>
    public bool IsEmpty => Decode.Count == 0 && Prefill.Count == 0;

    /// <summary>Number of entries of the step's logits.</summary>
    public int Logits => Decode.Sum(batch => batch.Logits) + Prefill.Sum(chunk => chunk.Logits);
}
