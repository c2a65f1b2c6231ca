using InferServe.Engine.Observation;

namespace InferServe.Benchmarks;

/// <summary>Writes down the engine's steps.</summary>
internal sealed class StepTimes : IEngineObserver
{
    private readonly List<StepMeasurements> _steps = [];

    public void StepCompleted(StepMeasurements measurements)
    {
        lock (_steps)
        {
            _steps.Add(measurements);
        }
    }

    /// <summary>Forgets the steps so far.</summary>
    public void Clear()
    {
        lock (_steps)
        {
            _steps.Clear();
        }
    }

    /// <summary>Median time of the steps in which so many rows decode and nothing is prefilled; null when there are none.</summary>
    public TimeSpan? MedianDecode(int rows)
    {
        lock (_steps)
        {
            TimeSpan[] times = [.. _steps.Where(s => s.DecodeRows == rows && s.PrefillTokens == 0).Select(s => s.Duration).Order()];
            return times.Length == 0 ? null : times[times.Length / 2];
        }
    }
}
