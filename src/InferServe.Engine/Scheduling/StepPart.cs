namespace InferServe.Engine.Scheduling;

/// <summary>What one sequence does in a step.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Kind">What is run.</param>
/// <param name="Tokens">The tokens that are run.</param>
/// <param name="Logits">Entries of the step's logits, those of the last tokens.</param>
/// <param name="Samples">Whether the last entry gives the sequence a token.</param>
internal sealed record StepPart(Sequence Sequence, StepKind Kind, ReadOnlyMemory<int> Tokens, int Logits, bool Samples);
