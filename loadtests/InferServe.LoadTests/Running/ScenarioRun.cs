using InferServe.LoadTests.Http;
using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Planning;
using InferServe.LoadTests.Scenarios;

namespace InferServe.LoadTests.Running;

/// <summary>Runs a scenario once.</summary>
internal sealed class ScenarioRun(RunSettings settings, IReadOnlyDictionary<string, TokenScale> scales, HttpClient http, TimeProvider time)
{
    /// <summary>Sends everything that the plan holds and waits for the answers.</summary>
    /// <param name="watch">Called once at the start with the clock and the counts of the run, for live progress.</param>
    /// <param name="stop">Ends the run early; what has been measured until then is returned.</param>
    public async Task<RunResult> RunAsync(Action<RunClock, RunProgress>? watch, CancellationToken stop)
    {
        Scenario scenario = settings.Scenario;
        var planner = new SessionPlanner(scenario, settings.Models, settings.Seed);
        var composer = new PromptComposer(scenario, scales, settings.Seed);
        var progress = new RunProgress();
        var client = new StreamingClient(http, settings.Server, scenario, settings.WithUsage);
        var clock = new RunClock(time);
        var runner = new SessionRunner(scenario, composer, client, settings.Server, clock, progress, settings.WithUsage);
        using var probe = new PoolDelayProbe();
        watch?.Invoke(clock, progress);
        if (scenario.Load is OpenLoad open)
        {
            await new OpenLoop(runner, clock).RunAsync(planner.Arrivals(open), stop).ConfigureAwait(false);
        }
        else
        {
            await new ClosedLoop(runner, planner, clock, settings.Seed).RunAsync((ClosedLoad)scenario.Load, stop).ConfigureAwait(false);
        }

        // What an interruption cut off says nothing about the server.
        IReadOnlyList<RequestRecord> records = [.. progress.Records().Where(record => record.Error != ErrorNames.Interrupted)];
        MeasuredWindow window = Window(scenario.Load, records);
        bool interrupted = stop.IsCancellationRequested;
        double end = interrupted ? Math.Min(window.End, Math.Max(clock.Now, window.Start + 0.001)) : window.End;
        return new RunResult(records, window with { End = end }, probe.Finish(), interrupted);
    }

    /// <summary>The load's own window; where a number of requests ends the run, from the first that counts to the end of the last.</summary>
    private static MeasuredWindow Window(LoadShape load, IReadOnlyList<RequestRecord> records)
    {
        if (double.IsFinite(load.Duration))
        {
            return new MeasuredWindow(load.WarmUp, load.End);
        }

        RequestRecord[] counted = [.. records.Where(record => record.Planned >= load.WarmUp)];
        return counted.Length == 0
            ? new MeasuredWindow(load.WarmUp, load.WarmUp + 1)
            : new MeasuredWindow(counted[0].Planned, Math.BitIncrement(counted.Max(record => record.End)));
    }
}
