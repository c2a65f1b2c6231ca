using System.Diagnostics;
using System.Globalization;
using InferServe.Engine.Model;
using InferServe.OnnxRuntime;
using static InferServe.Benchmarks.Medians;

namespace InferServe.Benchmarks;

/// <summary>
/// Measures what cutting a prompt costs: the same prompt through the bare model in chunks of several lengths, by turns. Where the time of a
/// token stops falling is the shortest chunk worth running. Prints a Markdown table.
/// </summary>
internal sealed class ChunkBenchmark(BenchmarkOptions options, TextWriter output)
{
    private const int Prompt = 512;
    private const int Rounds = 5;

    private static readonly int[] Lengths = [8, 16, 32, 64, 128, 256, 512];

    public async Task RunAsync()
    {
        using var runner = OnnxModelRunner.Load(
            ModelFolder.Open(options.Model), options.Runner(rows: 1) with { ContextLength = 2 * Prompt });
        var random = new Random(1);
        int[] prompt = [.. Enumerable.Range(0, Prompt).Select(_ => random.Next(runner.VocabularySize))];
        int[] lengths = [.. Lengths.Where(length => length <= runner.LongestChunk)];
        var times = lengths.ToDictionary(length => length, _ => new List<double>());
        for (int round = 0; round <= Rounds; round++)
        {
            foreach (int length in lengths)
            {
                double time = Prefill(runner, prompt, length);
                if (round > 0)
                {
                    times[length].Add(time);
                }
            }
        }

        await output.WriteLineAsync("| chunk, tokens | a prompt token, ms | a chunk, ms | time of the prompt beside the longest chunk |");
        await output.WriteLineAsync("| ---: | ---: | ---: | ---: |");
        double longest = Median(times[lengths[^1]]);
        foreach (int length in lengths)
        {
            double time = Median(times[length]);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {length} | {time / Prompt:F3} | {time * length / Prompt:F1} | {time / longest:F2} |"));
        }
    }

    private static double Prefill(OnnxModelRunner runner, int[] prompt, int length)
    {
        long started = Stopwatch.GetTimestamp();
        for (int position = 0; position < prompt.Length; position += length)
        {
            runner.Run(new StepPlan([], [new PrefillChunk(0, position, prompt.AsMemory(position, length), Logits: 1)]));
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
