using InferServe.Engine.Requests;

namespace InferServe.Engine.Observation;

/// <summary>
/// Hears what the engine does, for metrics and logs. Called on the engine thread, between the steps' parts, so each method must be
/// quick, must not wait and must not throw: an exception here ends the engine like any other unexpected one.
/// Each parallel sample of a request is heard of by itself.
/// All times come from the engine's <see cref="TimeProvider"/>.
/// </summary>
public interface IEngineObserver
{
    /// <summary>A request has joined the queue.</summary>
    void RequestQueued(GenerationRequest request)
    {
    }

    /// <summary>A request gets a row and its first tokens run in this step.</summary>
    void RequestStarted(GenerationRequest request, TimeSpan queueTime)
    {
    }

    /// <summary>A request gets a row for the first time, with this many of its prompt tokens from the prefix cache.</summary>
    void PrefixLookedUp(GenerationRequest request, int cachedTokens)
    {
    }

    /// <summary>A running request has lost its row because KV memory ran out; it goes on later.</summary>
    void SequencePreempted(GenerationRequest request)
    {
    }

    /// <summary>Guessed tokens of a request were checked by a run, and some of them were right.</summary>
    void DraftVerified(GenerationRequest request, int drafted, int accepted)
    {
    }

    /// <summary>A request's first token is generated.</summary>
    void FirstToken(GenerationRequest request, TimeSpan timeToFirstToken)
    {
    }

    /// <summary>A further token of a request is generated.</summary>
    void NextToken(GenerationRequest request, TimeSpan interTokenLatency)
    {
    }

    /// <summary>A request has ended; nothing more is heard of it.</summary>
    void RequestFinished(RequestMeasurements measurements)
    {
    }

    /// <summary>A step has run.</summary>
    void StepCompleted(StepMeasurements measurements)
    {
    }

    /// <summary>A step's run failed; the sequences in it end with <see cref="FinishReason.Error"/>.</summary>
    void StepFailed(StepMeasurements measurements, Exception exception)
    {
    }

    /// <summary>The engine ends because of an unexpected exception; all its sequences end with <see cref="FinishReason.Error"/>.</summary>
    void EngineFaulted(Exception exception)
    {
    }
}
