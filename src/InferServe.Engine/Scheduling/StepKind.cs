namespace InferServe.Engine.Scheduling;

/// <summary>What a sequence runs in a step.</summary>
internal enum StepKind
{
    /// <summary>Its latest token.</summary>
    Decode,

    /// <summary>A chunk of its prompt.</summary>
    Prefill,

    /// <summary>Its latest token and a draft of the next ones.</summary>
    Verify,
}
