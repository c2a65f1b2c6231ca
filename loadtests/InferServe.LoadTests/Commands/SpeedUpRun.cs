using InferServe.LoadTests.Measuring;
using InferServe.LoadTests.Reporting;
using InferServe.LoadTests.Running;

namespace InferServe.LoadTests.Commands;

/// <summary>Measures both ways by turns; which of them begins changes from round to round.</summary>
internal sealed class SpeedUpRun(Measurement measurement, SpeedUpShape shape)
{
    private int _runs;

    /// <exception cref="ServerException">A request failed, so that there is nothing to compare.</exception>
    public async Task<SpeedUpStep> MeasureAsync(int number, int rounds, CancellationToken stop)
    {
        // Connections, and where prompts come again the server's cache, are warm for both.
        await RunAsync(number, number, "warm-up", stop).ConfigureAwait(false);
        var pairs = new List<(RunResult, RunResult)>();
        for (int round = 0; round < rounds; round++)
        {
            RunResult? concurrent = round % 2 == 0 ? null : await RunAsync(number, number, $"{number} at once", stop).ConfigureAwait(false);
            RunResult sequential = await RunAsync(number, 1, $"{number} one after another", stop).ConfigureAwait(false);
            pairs.Add((sequential, concurrent ?? await RunAsync(number, number, $"{number} at once", stop).ConfigureAwait(false)));
        }

        return SpeedUpStep.Create(number, pairs);
    }

    private async Task<RunResult> RunAsync(int requests, int concurrency, string title, CancellationToken stop)
    {
        // A seed of its own for each run makes words that no cache knows.
        int seed = measurement.Settings.Seed + (shape.SamePrompts ? 0 : _runs++);
        RunResult run = await measurement.RunAsync(seed, title, stop, shape.Scenario(requests, concurrency)).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return run.Records.FirstOrDefault(record => record.Outcome != RequestOutcome.Completed) is { } failed
            ? throw new ServerException($"{title}: a request failed: {failed.Error} {failed.ErrorDetail}")
            : run;
    }
}
