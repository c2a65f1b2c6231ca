using InferServe.LoadTests.Http;
using InferServe.LoadTests.Planning;

namespace InferServe.LoadTests.Running;

/// <summary>
/// Sends sessions at their planned times, whatever becomes of those before them. One thread of its own waits for each moment and sends on the
/// spot; requests are written ahead, while there is time.
/// </summary>
internal sealed class OpenLoop(SessionRunner runner, RunClock clock)
{
    private const int MostAhead = 64;
    private const double TimeToPrepare = 0.005;

    /// <summary>Runs until every session has ended.</summary>
    public async Task RunAsync(IEnumerable<PlannedSession> sessions, CancellationToken stop)
    {
        List<Task> running = await Task.Factory.StartNew(
            () => Send(sessions, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private List<Task> Send(IEnumerable<PlannedSession> sessions, CancellationToken stop)
    {
        var running = new List<Task>();
        var ready = new Queue<PreparedSession>();
        using IEnumerator<PlannedSession> planned = sessions.GetEnumerator();
        bool hasMore = true;
        while (!stop.IsCancellationRequested)
        {
            while (hasMore && (ready.Count == 0 || (ready.Count < MostAhead && ready.Peek().Session.Start - clock.Now > TimeToPrepare)))
            {
                hasMore = planned.MoveNext();
                if (hasMore)
                {
                    ready.Enqueue(runner.Prepare(planned.Current));
                }
            }

            if (!ready.TryDequeue(out PreparedSession? next) || !PreciseWait.Until(next.Session.Start, clock, stop))
            {
                break;
            }

            running.Add(runner.RunAsync(next, stop));
        }

        return running;
    }
}
