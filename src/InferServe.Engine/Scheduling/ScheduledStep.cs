using InferServe.Engine.Model;

namespace InferServe.Engine.Scheduling;

/// <summary>A step as decided by the <see cref="Scheduler"/>: what the runner does, and for whom.</summary>
/// <param name="Plan">The run.</param>
/// <param name="Parts">The sequences of the plan, in the order of the step's logits.</param>
internal sealed record ScheduledStep(StepPlan Plan, IReadOnlyList<StepPart> Parts)
{
    /// <summary>Sequences that decode.</summary>
    public int DecodeRows => Parts.Count(p => p.Kind != StepKind.Prefill);

    /// <summary>Prompt tokens in the step.</summary>
    public int PrefillTokens => Parts.Sum(p => p.Kind == StepKind.Prefill ? p.Tokens.Length : 0);

    /// <summary>Drafted tokens in the step.</summary>
    public int DraftTokens => Parts.Sum(p => p.Kind == StepKind.Verify ? p.Tokens.Length - 1 : 0);
}
