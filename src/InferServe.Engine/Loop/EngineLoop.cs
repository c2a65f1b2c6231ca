using InferServe.Engine.Admission;
using InferServe.Engine.Kv;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.Engine.Scheduling;

namespace InferServe.Engine.Loop;

/// <summary>
/// What the engine thread does: it owns the sequences, the rows and the model runner; other threads reach it by <see cref="CommandQueue"/>.
/// </summary>
internal sealed class EngineLoop(
    IModelRunner runner,
    Scheduler scheduler,
    KvMemory memory,
    SequenceDelivery delivery,
    CommandQueue commands,
    AdmissionGate gate,
    IEngineObserver observer,
    TimeProvider time)
{
    public const string ShutdownError = "The engine shut down before the generation was complete.";

    private readonly StepOutcome _outcome = new(runner.VocabularySize, delivery, observer);
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

        foreach (StepPart part in step.Parts)
        {
            delivery.Start(part.Sequence);
        }

        // 3. Run it, and beside it what needs no logits; a failure ends the sequences that hold a row, not those that wait.
        StepOutcome.Prepare(step);
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
        scheduler.Complete(step, time.GetElapsedTime(started));

        // 5. Choose and publish a token for each sequence that gets one; those that end free their row.
        _outcome.Take(step, logits);

        // 6. Tell.
        Report(steps: 1, consecutiveFailures: 0);
        observer.StepCompleted(Measure(step, started));
        return true;
    }

    private StepLogits RunModel(ScheduledStep step)
    {
        StepLogits logits = runner.Run(step.Plan);
        return logits.Count == step.Plan.Logits
            ? logits
            : throw new ModelRunException($"The run must return {step.Plan.Logits} entries of logits; it returned {logits.Count}.");
    }

    private void FailStep(ScheduledStep step, Exception exception, long started)
    {
        // One that has just got its row may have no part in the step, but its row was to be filled as well.
        memory.Forget();
        foreach (Sequence sequence in scheduler.Running.ToList())
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
        CachedTokens = memory.CachedTokens,
        Steps = _progress.Steps + steps,
        ConsecutiveFailures = consecutiveFailures,
        Idle = false,
        Timestamp = time.GetTimestamp(),
    };

    private StepMeasurements Measure(ScheduledStep step, long started) =>
        new(_progress.Steps, step.DecodeRows, step.PrefillTokens, time.GetElapsedTime(started));

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
