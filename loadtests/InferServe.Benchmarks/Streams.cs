using System.Collections.Frozen;
using System.Diagnostics;
using InferServe.Engine;
using InferServe.Engine.Requests;

namespace InferServe.Benchmarks;

/// <summary>Runs requests through the engine and takes their times.</summary>
internal static class Streams
{
    /// <summary>What came of one request.</summary>
    /// <param name="FirstToken">From the request to its first token.</param>
    /// <param name="Tokens">Generated tokens.</param>
    public sealed record Result(TimeSpan FirstToken, int Tokens);

    /// <summary>All requests, each <paramref name="pause"/> after the one before.</summary>
    /// <returns>The results, and the time from the first request to the last token.</returns>
    public static async Task<(Result[] Results, TimeSpan Total)> RunAsync(
        InferenceEngine engine, IReadOnlyList<int[]> prompts, int tokens, TimeSpan pause)
    {
        long started = Stopwatch.GetTimestamp();
        var running = new List<Task<Result>>();
        foreach (int[] prompt in prompts)
        {
            running.Add(RunAsync(engine, prompt, tokens));
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause);
            }
        }

        Result[] results = await Task.WhenAll(running);
        return (results, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<Result> RunAsync(InferenceEngine engine, int[] prompt, int tokens)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        int count = 0;
        var request = new GenerationRequest
        {
            Id = "benchmark",
            PromptTokens = prompt,
            Sampling = new SamplingParameters { Temperature = 1 },
            MaxTokens = tokens,
            StopTokens = FrozenSet<int>.Empty,
        };
        await foreach (TokenOutput output in engine.GenerateAsync(request))
        {
            first ??= Stopwatch.GetElapsedTime(started);
            count++;
            if (output.FinishReason is FinishReason.Error)
            {
                throw new InvalidOperationException(output.Error);
            }
        }

        return new Result(first ?? TimeSpan.Zero, count);
    }
}
