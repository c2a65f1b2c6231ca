using InferServe.LoadTests.Http;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Randomness;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>A fixed number of users, each of which starts its next session when its last has ended. Sessions are handed out in the plan's order.</summary>
internal sealed class ClosedLoop(SessionRunner runner, SessionPlanner planner, RunClock clock, int seed)
{
    /// <summary>Runs until the load's time is over or its requests are sent, and every session has ended.</summary>
    public Task RunAsync(ClosedLoad load, CancellationToken stop)
    {
        int left = load.Requests ?? int.MaxValue;
        return Task.WhenAll(Enumerable.Range(0, load.Concurrency).Select(user => Task.Run(() => UserAsync(user), CancellationToken.None)));

        async Task UserAsync(int user)
        {
            SeededRandom random = SeededRandom.For(seed, "think", user);
            double due = clock.Now;
            while (!stop.IsCancellationRequested && due < load.End && MayStart(due))
            {
                if (due > clock.Now && !await SessionRunner.DelayAsync(due - clock.Now, stop).ConfigureAwait(false))
                {
                    return;
                }

                await runner.RunAsync(runner.Prepare(planner.Next() with { Start = due }), stop).ConfigureAwait(false);
                due = clock.Now + load.Think.Draw(random);
            }
        }

        bool MayStart(double due) => due < load.WarmUp || load.Requests is null || Interlocked.Decrement(ref left) >= 0;
    }
}
