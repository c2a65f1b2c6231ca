using System.Collections.Frozen;
using InferServe.Engine.Requests;

namespace InferServe.Engine.Scheduling;

/// <summary>The scheduler's decisions, as functions of plain numbers.</summary>
internal static class SchedulingPolicy
{
    /// <summary>The shortest chunk that a prompt is cut into; only a prompt of one token has a shorter one.</summary>
    public const int ShortestChunk = 2;

    /// <summary>The smallest budget with which <see cref="ChunkLength"/> always makes progress.</summary>
    public const int SmallestBudget = 4;

    /// <summary>
    /// How many of a prompt's remaining tokens run in this step. A run of a single token may take other kernels than longer ones
    /// and round differently, so no cut leaves a single token on either side.
    /// </summary>
    /// <param name="remaining">Prompt tokens still to run, at least one.</param>
    /// <param name="budget">Tokens that the step may still prefill.</param>
    /// <returns><paramref name="remaining"/>, or a shorter chunk of at least two tokens, or 0 when the prompt must wait.</returns>
    public static int ChunkLength(int remaining, int budget)
    {
        if (remaining <= budget)
        {
            return remaining;
        }

        int length = Math.Min(budget, remaining - ShortestChunk);
        return length >= ShortestChunk ? length : 0;
    }

    /// <summary>Whether a sequence ends with the token just generated, and why.</summary>
    /// <param name="token">The token.</param>
    /// <param name="stopTokens">Tokens that end the sequence.</param>
    /// <param name="generated">Generated tokens, this one included.</param>
    /// <param name="maxTokens">The most tokens to generate.</param>
    /// <param name="total">Prompt and generated tokens, this one included.</param>
    /// <param name="contextLength">The most tokens that a row holds.</param>
    public static FinishReason? ReasonToFinish(
        int token, FrozenSet<int> stopTokens, int generated, int maxTokens, int total, int contextLength)
    {
        if (stopTokens.Contains(token))
        {
            return FinishReason.Stop;
        }

        return generated >= maxTokens || total >= contextLength ? FinishReason.Length : null;
    }
}
