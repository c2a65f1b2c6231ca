using InferServe.Engine.Admission;
using InferServe.Engine.Kv;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>
/// What the engine thread does: it owns the sequences, the rows and the model runner; other threads reach it by <see cref="CommandQueue"/>.
/// </summary>
internal sealed class EngineLoop(
    IModelRunner runner,
    Scheduler scheduler,
    SequenceDelivery delivery,
    CommandQueue commands,
    AdmissionGate gate,
    IEngineObserver observer,
    TimeProvider time)
{
    public const string ShutdownError = "The engine shut down before the generation was complete.";

    private readonly Sampler _sampler = new(runner.VocabularySize);
    private volatile LoopProgress _progress = new();

    /// <summary>How far the loop has come; read by any thread.</summary>
    public LoopProgress Progress => _progress;

    /// <summary>Runs steps until told to stop; waits for commands when there is nothing to run. Never throws.</summary>
    public void Run()
    {
        try
        {
            while (!commands.StopRequested)
            {
                if (!Step() && !commands.StopRequested)
                {
                    WaitForCommand();
                }
            }

            runner.Dispose();
            End(EngineState.Stopped, ShutdownError);
        }
        catch (Exception exception)
        {
            End(EngineState.Faulted, $"The engine stopped after an unexpected error: {exception.Message}", exception);
            Try(() => observer.EngineFaulted(exception));
            Try(runner.Dispose);
        }
    }

    /// <summary>Does one step; false when there was nothing to run.</summary>
    public bool Step()
    {
        // 1. Requests join and leave.
        commands.ExecuteAll();

        // 2. Decide what runs.
        long started = time.GetTimestamp();
        ScheduledStep step = scheduler.Plan();
        if (step.Plan.IsEmpty)
        {
            Report(steps: 0, _progress.ConsecutiveFailures);
            return false;
        }

        foreach (Sequence sequence in step.Prefilling)
        {
            delivery.Start(sequence);
        }

        // 3. Run it; a failure ends the sequences of this run, not those that wait.
        StepLogits logits;
        try
        {
            logits = RunModel(step);
        }
        catch (Exception exception)
        {
            FailStep(step, exception, started);
            return true;
        }

        // 4. The step's tokens are in KV memory now.
        Scheduler.Complete(step);

        // 5. Choose and publish a token for each sequence that gets one; those that end free their row.
        for (int entry = 0; entry < step.Sampled.Count; entry++)
        {
            Advance(step.Sampled[entry], logits[entry]);
        }

        // 6. Tell.
        Report(steps: 1, consecutiveFailures: 0);
        observer.StepCompleted(Measure(step, started));
        return true;
    }

    private StepLogits RunModel(ScheduledStep step)
    {
        foreach (RowMove move in step.Moves)
        {
            runner.CopyRow(move.Source, move.Destination, move.Length);
        }

        StepLogits logits = runner.Run(step.Plan);
        return logits.Count == step.Sampled.Count
            ? logits
            : throw new ModelRunException($"The run must return logits for {step.Sampled.Count} rows; it returned {logits.Count}.");
    }

    private void Advance(Sequence sequence, Span<float> logits)
    {
        double unit = CounterRandom.Unit(sequence.Seed, sampleIndex: 0, sequence.NextPosition);
        SampleResult result = _sampler.Sample(logits, sequence.Request.Sampling, unit);
        if (result.Failed)
        {
            delivery.Finish(sequence, FinishReason.Error, result.Error);
        }
        else
        {
            delivery.Token(sequence, result.Token);
        }
    }

    private void FailStep(ScheduledStep step, Exception exception, long started)
    {
        foreach (Sequence sequence in step.Decoding.Concat(step.Prefilling))
        {
            delivery.Finish(sequence, FinishReason.Error, $"The model run failed: {exception.Message}");
        }

        Report(steps: 1, _progress.ConsecutiveFailures + 1);
        observer.StepFailed(Measure(step, started), exception);
    }

    private void WaitForCommand()
    {
        _progress = _progress with { Idle = true };
        commands.Wait();
        _progress = _progress with { Idle = false, Timestamp = time.GetTimestamp() };
    }

    private void Report(int steps, int consecutiveFailures) => _progress = new LoopProgress
    {
        Running = scheduler.Running.Count,
        KvTokensUsed = scheduler.Running.Sum(s => (long)s.Slot!.Length),
        Steps = _progress.Steps + steps,
        ConsecutiveFailures = consecutiveFailures,
        Idle = false,
        Timestamp = time.GetTimestamp(),
    };

    private StepMeasurements Measure(ScheduledStep step, long started) =>
        new(_progress.Steps, step.Decoding.Count, step.PrefillTokens, time.GetElapsedTime(started));

    /// <summary>Closes the engine and ends every stream that is still open, whatever the observer does.</summary>
    private void End(EngineState state, string error, Exception? fault = null)
    {
        gate.Close(state, fault);
        List<Sequence> remaining = [.. scheduler.All, .. commands.Close()];
        _progress = _progress with { Running = 0, KvTokensUsed = 0, Idle = true };
        remaining.ForEach(sequence => Try(() => delivery.Abandon(sequence, error)));
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // The exception that ended the loop is the one reported.
        }
    }
}
