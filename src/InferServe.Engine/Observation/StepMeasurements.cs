namespace InferServe.Engine.Observation;

/// <summary>What one step did.</summary>
/// <param name="Step">The step's number, from 1.</param>
/// <param name="DecodeRows">Sequences that decoded one token each.</param>
/// <param name="PrefillTokens">Prompt tokens.</param>
/// <param name="Duration">From planning to the last published token.</param>
public readonly record struct StepMeasurements(long Step, int DecodeRows, int PrefillTokens, TimeSpan Duration)
{
    /// <summary>Tokens that the step ran.</summary>
    public int Tokens => DecodeRows + PrefillTokens;
}
