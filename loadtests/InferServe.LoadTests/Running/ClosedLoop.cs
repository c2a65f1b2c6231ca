using InferServe.LoadTests.Measuring;

namespace InferServe.LoadTests.Running;

/// <summary>Runs prompts with a fixed number in flight: the next is sent when one ends.</summary>
internal sealed class ClosedLoop(ChatStreamClient client, TimeProvider time)
{
    /// <summary>Runs every prompt once, at most <paramref name="concurrency"/> at a time.</summary>
    public async Task<RunResult> RunAsync(IReadOnlyList<string> prompts, int concurrency, CancellationToken cancellationToken)
    {
        var results = new RequestResult[prompts.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        long start = time.GetTimestamp();
        await Parallel.ForAsync(0, prompts.Count, parallel, async (index, token) =>
        {
            results[index] = await client.SendAsync(prompts[index], token);
        });
        return new RunResult(results, time.GetElapsedTime(start).TotalSeconds);
    }
}
