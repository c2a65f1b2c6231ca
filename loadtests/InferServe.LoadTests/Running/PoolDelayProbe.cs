using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Running;

/// <summary>Measures what the process itself costs a run: waiting for threads of the pool, garbage collection, processor time.</summary>
internal sealed class PoolDelayProbe : IDisposable
{
    private const int PeriodMilliseconds = 20;

    private readonly RunClock _clock = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly List<double> _delays = [];
    private readonly TimeSpan _pausesBefore = GC.GetTotalPauseDuration();
    private readonly TimeSpan _processorBefore = Environment.CpuUsage.TotalTime;

    public PoolDelayProbe()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "pool delay probe" };
        _thread.Start();
    }

    /// <summary>Ends the measurement.</summary>
    public ClientHealth Finish()
    {
        _stop.Cancel();
        _thread.Join();
        lock (_delays)
        {
            return new ClientHealth(
                LatencyStats.Of(_delays),
                (GC.GetTotalPauseDuration() - _pausesBefore).TotalSeconds,
                (Environment.CpuUsage.TotalTime - _processorBefore).TotalSeconds / _clock.Now);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Token.WaitHandle.WaitOne(PeriodMilliseconds))
        {
            double queued = _clock.Now;
            ThreadPool.UnsafeQueueUserWorkItem(_ => Record(_clock.Now - queued), null);
        }
    }

    private void Record(double delay)
    {
        lock (_delays)
        {
            _delays.Add(delay);
        }
    }
}
