using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.OnnxRuntime;
using static InferServe.Benchmarks.Medians;

namespace InferServe.Benchmarks.Peer;

/// <summary>
/// Measures the engine and llama.cpp by turns with the same prompts, greedy, each in its own process on the same machine, and prints a Markdown table of
/// medians and ratios. Prompts are random tokens, new ones for each round.
/// </summary>
internal sealed class PeerBenchmark(PeerOptions options, TextWriter output)
{
    private const int ContextLength = 2048;

    private static readonly (string Name, int Prompt, int Streams, int Tokens, bool Lookup)[] Workloads =
    [
        ("one stream", 128, 1, 128, false),
        ("one stream, prompt lookup", 128, 1, 256, true),
        ("long prompt", 512, 1, 32, false),
        ("8 streams", 128, 8, 96, false),
        ("8 streams, short prompts", 16, 8, 96, false),
        ("16 streams, short prompts", 16, 16, 64, false),
    ];

    private readonly Random _random = new(1);

    public async Task RunAsync()
    {
        int most = Workloads.Max(w => w.Streams);
        await using PeerProcess peer = await PeerProcess.StartAsync(options.Script, options.Gguf, options.Threads, most, ContextLength);
        OnnxModelRunner runner = Load(most);
        int vocabulary = runner.VocabularySize;
        await using InferenceEngine plain = Engine(runner, most, draftSequences: 0);
        await using InferenceEngine drafting = Engine(Load(1), 1, draftSequences: 1);

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"llama.cpp {peer.Release}, {options.Threads} threads on both sides, {options.Rounds} rounds by turns\n"));
        await output.WriteLineAsync("| measurement | prompt | streams | tokens | value | engine | llama.cpp | ratio |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        foreach (var workload in Workloads)
        {
            List<PeerRun> ours = [], theirs = [];
            for (int round = 0; round < options.Rounds; round++)
            {
                int[][] prompts = [.. Enumerable.Range(0, workload.Streams).Select(_ => Prompt(workload.Prompt, vocabulary))];
                ours.Add(await RunAsync(workload.Lookup ? drafting : plain, prompts, workload.Tokens));
                theirs.Add(await peer.RunAsync(prompts, workload.Tokens, workload.Lookup));
            }

            string start = string.Create(CultureInfo.InvariantCulture, $"| {workload.Name} | {workload.Prompt} | {workload.Streams} | {workload.Tokens} |");
            await WriteAsync(start, "output tokens/s", ours, theirs, run => run.TokensPerSecond);
            await WriteAsync(start, "decode tokens/s", ours, theirs, run => run.DecodeTokensPerSecond);
            await WriteAsync(start, "first token, ms", ours, theirs, run => run.MeanFirstToken);
        }
    }

    private OnnxModelRunner Load(int rows) =>
        OnnxModelRunner.Load(ModelFolder.Open(options.Model), new OnnxRunnerOptions { Rows = rows, Threads = options.Threads });

    /// <summary>An engine without a prefix cache, since the peer starts each run with an empty context.</summary>
    private static InferenceEngine Engine(OnnxModelRunner runner, int rows, int draftSequences) =>
        new(runner, new EngineOptions { MaxSequences = rows, PrefixCacheBytes = 0, DraftSequences = draftSequences });

    private static async Task<PeerRun> RunAsync(InferenceEngine engine, int[][] prompts, int tokens)
    {
        long started = Stopwatch.GetTimestamp();
        (double First, double End, int Count)[] results = await Task.WhenAll(prompts.Select(async prompt =>
        {
            double? first = null;
            int count = 0;
            var request = new GenerationRequest
            {
                Id = "benchmark",
                PromptTokens = prompt,
                Sampling = new SamplingParameters { Temperature = 0 },
                MaxTokens = tokens,
                StopTokens = FrozenSet<int>.Empty,
            };
            await foreach (TokenOutput output in engine.GenerateAsync(request))
            {
                first ??= Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                count++;
                if (output.FinishReason is FinishReason.Error)
                {
                    throw new InvalidOperationException(output.Error);
                }
            }

            return (first ?? 0, Stopwatch.GetElapsedTime(started).TotalMilliseconds, count);
        }));
        return new PeerRun([.. results.Select(r => r.First)], [.. results.Select(r => r.End)], [.. results.Select(r => r.Count)]);
    }

    private Task WriteAsync(string start, string value, List<PeerRun> ours, List<PeerRun> theirs, Func<PeerRun, double> measure)
    {
        double[] ratios = [.. ours.Zip(theirs, (a, b) => measure(a) / measure(b)).Order()];
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{start} {value} | {Median(ours.Select(measure)):F1} | {Median(theirs.Select(measure)):F1} | {Median(ratios):F2} ({ratios[0]:F2}–{ratios[^1]:F2}) |"));
    }

    private int[] Prompt(int length, int vocabulary) => [.. Enumerable.Range(0, length).Select(_ => _random.Next(vocabulary / 100, vocabulary))];
}
