using InferServe.Engine.Admission;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>
/// Carries the events of sequences to those who wait for them: the reader of the output, the gate, the observer.
/// Engine thread only.
/// </summary>
internal sealed class SequenceDelivery(Scheduler scheduler, AdmissionGate gate, IEngineObserver observer, int contextLength, int maxOutputLag)
{
    public void Queue(IReadOnlyList<Sequence> samples)
    {
        foreach (Sequence sequence in samples)
        {
            scheduler.Enqueue(sequence);
        }

        foreach (Sequence sequence in samples)
        {
            observer.RequestQueued(sequence.Request);
        }
    }

    /// <summary>Reports that the sequence takes part in a step, once.</summary>
    public void Start(Sequence sequence)
    {
        if (sequence.Clock.TryStart())
        {
            observer.RequestStarted(sequence.Request, sequence.Clock.QueueTime!.Value);
        }
    }

    /// <summary>Adds a generated token to the sequence and publishes it; ends the sequence, and returns false, when it is the last one.</summary>
    public bool Token(Sequence sequence, TokenChoice choice)
    {
        int token = choice.Token;
        sequence.Append(token);
        ReportToken(sequence);
        GenerationRequest request = sequence.Request;
        TokenOutput output = OutputOf(sequence, choice);
        FinishReason? reason = SchedulingPolicy.ReasonToFinish(
            token, request.StopTokens, sequence.GeneratedTokens, request.MaxTokens, sequence.NextPosition, contextLength);
        if (reason is { } ended)
        {
            Finish(sequence, output with { FinishReason = ended });
            return false;
        }

        if (!sequence.Output.TryWrite(output))
        {
            Finish(sequence, FinishReason.Cancelled, $"The reader of the output lags more than {maxOutputLag} tokens behind.");
            return false;
        }

        return true;
    }

    /// <summary>Ends a sequence that produces no further token.</summary>
    public void Finish(Sequence sequence, FinishReason reason, string? error) =>
        Finish(sequence, new TokenOutput { FinishReason = reason, Error = error });

    /// <summary>Ends the stream of a sequence when the scheduler is not to be touched any more.</summary>
    public void Abandon(Sequence sequence, string error)
    {
        try
        {
            sequence.End();
        }
        finally
        {
            Publish(sequence, new TokenOutput { FinishReason = FinishReason.Error, Error = error });
        }
    }

    private void Finish(Sequence sequence, TokenOutput last)
    {
        // What a failed sequence left in its row is not to be trusted.
        scheduler.Finish(sequence, keep: last.FinishReason != FinishReason.Error);
        Publish(sequence, last);
    }

    private void Publish(Sequence sequence, TokenOutput last)
    {
        // The place is free before the reader sees the end, so that its next request finds it.
        gate.Leave();
        sequence.Output.Complete(last);
        (TimeSpan? decode, TimeSpan total) = sequence.Clock.End();
        observer.RequestFinished(new RequestMeasurements
        {
            Request = sequence.Request,
            FinishReason = last.FinishReason!.Value,
            SampleIndex = sequence.SampleIndex,
            CachedPromptTokens = sequence.CachedPromptTokens ?? 0,
            Preemptions = sequence.Preemptions,
            Error = last.Error,
            PromptTokens = sequence.Request.PromptTokens.Length,
            GeneratedTokens = sequence.GeneratedTokens,
            QueueTime = sequence.Clock.QueueTime,
            PrefillTime = sequence.Clock.PrefillTime,
            DecodeTime = decode,
            TimeToFirstToken = sequence.Clock.TimeToFirstToken,
            Duration = total,
        });
    }

    private static TokenOutput OutputOf(Sequence sequence, TokenChoice choice)
    {
        var output = new TokenOutput { Token = choice.Token, Logprobs = choice.Logprobs };
        return sequence.GeneratedTokens > 1
            ? output
            : output with { CachedPromptTokens = sequence.CachedPromptTokens ?? 0, PromptLogprobs = sequence.Group.PromptLogprobs };
    }

    private void ReportToken(Sequence sequence)
    {
        if (sequence.Clock.Token() is { } latency)
        {
            observer.NextToken(sequence.Request, latency);
        }
        else
        {
            observer.FirstToken(sequence.Request, sequence.Clock.TimeToFirstToken!.Value);
        }
    }
}
