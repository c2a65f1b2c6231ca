using InferServe.LoadTests.Http;

namespace InferServe.LoadTests.Running;

/// <summary>
/// Waits on the calling thread for a moment of the run. Timers wake up to a millisecond late, so the last part is passed by offering the
/// core to other threads until the moment has come; that part is short, so that it does not take the server's core on a small machine.
/// </summary>
internal static class PreciseWait
{
    private const double Margin = 0.0012;

    /// <returns>False when <paramref name="stop"/> came first.</returns>
    public static bool Until(double moment, RunClock clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            double left = moment - clock.Now;
            if (left <= 0)
            {
                return true;
            }

            int milliseconds = (int)Math.Min((left - Margin) * 1000, 1000);
            if (milliseconds > 0)
            {
                stop.WaitHandle.WaitOne(milliseconds);
            }
            else
            {
                Thread.Yield();
            }
        }

        return false;
    }
}
