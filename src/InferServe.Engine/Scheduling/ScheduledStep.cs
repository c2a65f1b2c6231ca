using InferServe.Engine.Kv;
using InferServe.Engine.Model;

namespace InferServe.Engine.Scheduling;

/// <summary>A step as decided by the <see cref="Scheduler"/>: what the runner does, and for whom.</summary>
internal sealed class ScheduledStep
{
    /// <summary>Row copies to do before the run.</summary>
    public required IReadOnlyList<RowMove> Moves { get; init; }

    /// <summary>The run.</summary>
    public required StepPlan Plan { get; init; }

    /// <summary>The sequences of the decode batch, in the order of their rows.</summary>
    public required IReadOnlyList<Sequence> Decoding { get; init; }

    /// <summary>The sequences of the prefill chunks, in the order of the chunks.</summary>
    public required IReadOnlyList<Sequence> Prefilling { get; init; }

    /// <summary>The sequences that get a token from this step, in the order of the step's logits.</summary>
    public required IReadOnlyList<Sequence> Sampled { get; init; }

    /// <summary>Prompt tokens in the step.</summary>
    public required int PrefillTokens { get; init; }
}
