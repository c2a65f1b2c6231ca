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

    /// <summary>A prompt goes on by at least this many tokens in a step: fewer cost nearly the same, since every weight is read for them too.</summary>
    public const int ShortestMixedBudget = 32;

    /// <summary>How many prompt tokens fit beside decoding sequences into a step that should take a given time.</summary>
    /// <param name="target">Seconds that the step should take.</param>
    /// <param name="decode">Seconds that its decoding takes.</param>
    /// <param name="perToken">Seconds that a prompt token takes.</param>
    /// <param name="budget">The most tokens in any case.</param>
    public static int MixedBudget(double target, double decode, double perToken, int budget)
    {
        double tokens = perToken > 0 ? (target - decode) / perToken : budget;
        return (int)Math.Min(Math.Max(tokens, ShortestMixedBudget), budget);
    }

    /// <summary>
    /// Tokens beside those it has that every sequence should find free when one more starts, so that the newcomer does not lose its row at once.
    /// </summary>
    public const int Headroom = 16;

    private const int DecodeCost = 2;

    /// <summary>What tokens count for when tenants share: a decoded one costs more time than a prefilled one.</summary>
    public static long ServiceCost(int prefilled, int decoded) => prefilled + ((long)DecodeCost * decoded);

    /// <summary>What a tenant without sequences counts as having had when it comes back.</summary>
    /// <param name="own">What it has had.</param>
    /// <param name="leastPresent">The least that a present tenant has had; null when none is present.</param>
    public static long ServiceOnReturn(long own, long? leastPresent) => Math.Max(own, leastPresent ?? own);

    /// <summary>
    /// Whether <paramref name="a"/> is before <paramref name="b"/>: by priority; then those that have run before, since they hold up their readers;
    /// then by what their tenants have had; then by arrival.
    /// </summary>
    public static bool Precedes(QueueKey a, QueueKey b) =>
        (a.Priority, !a.WasPreempted, a.Service, a.Arrival).CompareTo((b.Priority, !b.WasPreempted, b.Service, b.Arrival)) < 0;

    /// <summary>
    /// Who loses its row when memory runs out: the lowest priority; there an ordinary sequence before a reproducible one, whose keys and
    /// values must be saved; there the latest.
    /// </summary>
    /// <returns>Index of the sequence.</returns>
    public static int ChooseVictim(ReadOnlySpan<VictimKey> running)
    {
        int victim = 0;
        for (int i = 1; i < running.Length; i++)
        {
            (VictimKey a, VictimKey b) = (running[i], running[victim]);
            if ((a.Priority, !a.IsReproducible, a.Arrival).CompareTo((b.Priority, !b.IsReproducible, b.Arrival)) > 0)
            {
                victim = i;
            }
        }

        return victim;
    }

    /// <summary>Tokens of KV memory that a sequence takes now or soon.</summary>
    /// <param name="known">Those that it holds or is about to: the prompt, and generated ones when it starts again.</param>
    /// <param name="left">The most tokens that it may still generate.</param>
    public static long TokensNeeded(int known, int left) => known + (long)Math.Min(left, Headroom);

    /// <summary>Whether a sequence may start: always when it is alone, since the context is no longer than the memory.</summary>
    /// <param name="running">Number of running sequences.</param>
    /// <param name="claimed">What they need together, see <see cref="TokensNeeded"/>.</param>
    /// <param name="needed">What the sequence needs.</param>
    /// <param name="capacity">Tokens that fit.</param>
    public static bool CanStart(int running, long claimed, long needed, long capacity) => running == 0 || claimed + needed <= capacity;

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
