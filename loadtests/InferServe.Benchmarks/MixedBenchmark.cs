using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.OnnxRuntime;
using static InferServe.Benchmarks.Medians;

namespace InferServe.Benchmarks;

/// <summary>
/// Measures what a long prompt does to streams that run already, for several values of <see cref="EngineOptions.MixedStep"/>: the pauses between
/// their tokens, their rate meanwhile, and the prompt's own time to its first token. Prints a Markdown table.
/// </summary>
internal sealed class MixedBenchmark(BenchmarkOptions options, TextWriter output)
{
    private static readonly double[] Targets = [0, 1, 0.5, 0.25];

    private readonly Random _random = new(1);

    public async Task RunAsync()
    {
        int streams = options.Streams[0];
        int prompt = options.Prompts[0];
        await output.WriteLineAsync(
            "| step target, s | streams | prompt | first token of the prompt, s | pause between tokens, median ms | longest, ms | tokens/s of the streams meanwhile |");
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (double target in Targets)
        {
            var runnerOptions = options.Runner(streams + 1);
            await using var engine = new InferenceEngine(OnnxModelRunner.Load(ModelFolder.Open(options.Model), runnerOptions), new EngineOptions
            {
                MaxSequences = streams + 1,
                DraftSequences = 0,
                MixedStep = target > 0 ? TimeSpan.FromSeconds(target) : null,
            });
            await MeasureAsync(engine, target, streams, prompt);
        }
    }

    private async Task MeasureAsync(InferenceEngine engine, double target, int streams, int prompt)
    {
        using var cancellation = new CancellationTokenSource();
        var started = new CountdownEvent(streams);
        Task<List<long>>[] running = [.. Enumerable.Range(0, streams).Select(_ => StreamAsync(engine, started, cancellation.Token))];
        await Task.Run(started.Wait);

        long arrived = Stopwatch.GetTimestamp();
        await foreach (TokenOutput _ in engine.GenerateAsync(Request(prompt, maxTokens: 1)))
        {
        }

        long answered = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();
        List<long>[] tokens = await Task.WhenAll(running);
        double[] pauses = [.. tokens.SelectMany(times => times.Zip(times.Skip(1)))
            .Where(pair => pair.Second > arrived && pair.First < answered)
            .Select(pair => Stopwatch.GetElapsedTime(pair.First, pair.Second).TotalMilliseconds)];
        double seconds = Stopwatch.GetElapsedTime(arrived, answered).TotalSeconds;
        int meanwhile = tokens.Sum(times => times.Count(time => time > arrived && time <= answered));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(target > 0 ? target : "none")} | {streams} | {prompt} | {seconds:F1} | {Median(pauses):F0} | {pauses.Max():F0} | {meanwhile / seconds:F1} |"));
    }

    /// <summary>Reads a stream until it is cancelled and returns when each token came; signals after some tokens.</summary>
    private async Task<List<long>> StreamAsync(InferenceEngine engine, CountdownEvent started, CancellationToken cancellationToken)
    {
        const int SteadyAfter = 8;
        var times = new List<long>();
        try
        {
            await foreach (TokenOutput _ in engine.GenerateAsync(Request(prompt: 16, maxTokens: int.MaxValue), cancellationToken))
            {
                times.Add(Stopwatch.GetTimestamp());
                if (times.Count == SteadyAfter)
                {
                    started.Signal();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }

        return times;
    }

    private GenerationRequest Request(int prompt, int maxTokens) => new()
    {
        Id = "benchmark",
        PromptTokens = Enumerable.Range(0, prompt).Select(_ => _random.Next(1000)).ToArray(),
        Sampling = new SamplingParameters { Temperature = 1 },
        MaxTokens = maxTokens,
        StopTokens = FrozenSet<int>.Empty,
    };
}
