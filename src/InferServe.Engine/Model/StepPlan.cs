namespace InferServe.Engine.Model;

/// <summary>What one step of the engine runs: at most one decode batch and any number of prefill chunks, each of another row.</summary>
/// <param name="Decode">One new token for each of several adjacent rows, or null.</param>
/// <param name="Prefill">Chunks of prompts, in the order in which they run.</param>
public sealed record StepPlan(DecodeBatch? Decode, IReadOnlyList<PrefillChunk> Prefill)
{
    /// <summary>True when there is nothing to run.</summary>
    public bool IsEmpty => Decode is null && Prefill.Count == 0;
}
