using InferServe.Engine.Observation;
using InferServe.Engine.Requests;

namespace InferServe.UnitTests.Engine;

/// <summary>Writes down what it hears.</summary>
internal sealed class RecordingObserver : IEngineObserver
{
    public List<string> Events { get; } = [];

    public List<RequestMeasurements> Finished { get; } = [];

    public List<StepMeasurements> Steps { get; } = [];

    public List<Exception> Exceptions { get; } = [];

    /// <summary>Ids of the requests that lost their row.</summary>
    public List<string> Preempted { get; } = [];

    public int Drafted { get; private set; }

    public int Accepted { get; private set; }

    public void SequencePreempted(GenerationRequest request) => Preempted.Add(request.Id);

    public void DraftVerified(GenerationRequest request, int drafted, int accepted) =>
        (Drafted, Accepted) = (Drafted + drafted, Accepted + accepted);

    public void RequestQueued(GenerationRequest request) => Events.Add($"queued {request.Id}");

    public void RequestStarted(GenerationRequest request, TimeSpan queueTime) =>
        Events.Add($"started {request.Id} {queueTime.TotalSeconds}");

    public void FirstToken(GenerationRequest request, TimeSpan timeToFirstToken) =>
        Events.Add($"first {request.Id} {timeToFirstToken.TotalSeconds}");

    public void NextToken(GenerationRequest request, TimeSpan interTokenLatency) =>
        Events.Add($"next {request.Id} {interTokenLatency.TotalSeconds}");

    public void RequestFinished(RequestMeasurements measurements)
    {
        Events.Add($"finished {measurements.Request.Id} {measurements.FinishReason}");
        Finished.Add(measurements);
    }

    public void StepCompleted(StepMeasurements measurements) => Steps.Add(measurements);

    public void StepFailed(StepMeasurements measurements, Exception exception)
    {
        Steps.Add(measurements);
        Exceptions.Add(exception);
    }

    public void EngineFaulted(Exception exception) => Exceptions.Add(exception);
}
