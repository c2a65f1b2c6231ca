namespace InferServe.Engine.Scheduling;

/// <summary>What the scheduler must keep to.</summary>
/// <param name="PrefillTokenBudget">The most prompt tokens of a step.</param>
/// <param name="MixedStep">How long a step should take that runs prompt tokens beside decoding sequences; null for as long as it takes.</param>
/// <param name="LongestChunk">The most tokens of one chunk.</param>
/// <param name="ContextLength">The most tokens of a sequence.</param>
/// <param name="DraftSequences">Drafts are made while at most this many sequences decode; 0 for never.</param>
internal sealed record SchedulerOptions(int PrefillTokenBudget, TimeSpan? MixedStep, int LongestChunk, int ContextLength, int DraftSequences);
