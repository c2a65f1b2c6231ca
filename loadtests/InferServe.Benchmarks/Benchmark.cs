using System.Globalization;
using InferServe.Engine;
using InferServe.OnnxRuntime;

namespace InferServe.Benchmarks;

/// <summary>
/// Measures the engine beside the bare model, by turns in one process, and prints a Markdown table. Prompts are random tokens, so that the
/// prefix cache helps only where the measurement says so.
/// </summary>
internal sealed class Benchmark(BenchmarkOptions options, TextWriter output)
{
    private const string None = "-";

    private readonly Random _random = new(1);

    public async Task RunAsync()
    {
        var folder = ModelFolder.Open(options.Model);
        int rows = options.Streams.Max();
        var runnerOptions = options.Runner(rows);

        // The engine owns its runner, so the bare one is another session over the same file.
        using var bare = OnnxModelRunner.Load(folder, runnerOptions);
        var steps = new StepTimes();
        var engineOptions = new EngineOptions { MaxSequences = rows, DraftSequences = 0 };
        await using var engine = new InferenceEngine(OnnxModelRunner.Load(folder, runnerOptions), engineOptions, observer: steps);

        await output.WriteLineAsync("| prompt | streams | arrivals | tokens/s | first token, median ms | step, median ms | bare step, ms | bare / engine |");
        await output.WriteLineAsync("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int prompt in options.Prompts.Where(p => p + options.Tokens < engine.ContextLength))
        {
            foreach (int streams in options.Streams)
            {
                int[][] prompts = Prompts(bare.VocabularySize, prompt, streams);
                var bareSteps = new BareSteps(bare, prompts);
                TimeSpan bareStep = bareSteps.MedianDecode(options.Tokens);
                bareStep = await MeasureAsync(engine, steps, prompts, "at once", TimeSpan.Zero, bareSteps, bareStep);

                // The first request has left the whole prompt in the cache but its last tokens.
                int[][] known = [.. prompts.Select(p => (int[])[.. p[..^2], .. Prompts(bare.VocabularySize, 2, 1)[0]])];
                bareStep = await MeasureAsync(engine, steps, known, "known prompts", TimeSpan.Zero, bareSteps, bareStep);
                await MeasureAsync(engine, steps, Prompts(bare.VocabularySize, prompt, streams), "one by one", bareStep * 4, bareSteps, bareStep);
            }
        }
    }

    /// <summary>One run of the engine between two measurements of the bare model, whose mean stands beside it: the machine's speed drifts.</summary>
    /// <returns>The second of the two.</returns>
    private async Task<TimeSpan> MeasureAsync(
        InferenceEngine engine, StepTimes steps, int[][] prompts, string arrivals, TimeSpan pause, BareSteps bareSteps, TimeSpan before)
    {
        steps.Clear();
        (Streams.Result[] results, TimeSpan total) = await Streams.RunAsync(engine, prompts, options.Tokens, pause);
        double[] first = [.. results.Select(r => r.FirstToken.TotalMilliseconds).Order()];
        TimeSpan? step = steps.MedianDecode(prompts.Length);
        TimeSpan after = bareSteps.MedianDecode(options.Tokens);
        TimeSpan bareStep = (before + after) / 2;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {prompts[0].Length} | {prompts.Length} | {arrivals} | {results.Sum(r => r.Tokens) / total.TotalSeconds:F1} | {first[first.Length / 2]:F1} "
            + $"| {step?.TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture) ?? None} | {bareStep.TotalMilliseconds:F2} "
            + $"| {(bareStep / step)?.ToString("F3", CultureInfo.InvariantCulture) ?? None} |"));
        return after;
    }

    private int[][] Prompts(int vocabularySize, int length, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => _random.Next(vocabularySize)).ToArray())];
}
