using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.Gateway;
using Xunit.Abstractions;

namespace InferServe.IntegrationTests.Engine;

/// <summary>What an engine holds when its requests are gone. The memory is that of the test's own process, so nothing else may run in it.</summary>
[Collection(nameof(AloneCollection))]
public sealed class EngineMemoryTests(ITestOutputHelper console)
{
    private const int Batch = 400;
    private const int Batches = 3;

    /// <summary>Far below the keys and values of one batch, about 80 MiB.</summary>
    private const long Allowed = 16L << 20;

    [Fact]
    public async Task GenerateAsync_ManyRequestsWithRandomCancels_LeaveNothingBehind()
    {
        var random = new Random(9);
        var runner = NanoModel.Load(rows: 16, contextLength: 128);
        await using var engine = new InferenceEngine(runner, new EngineOptions { MaxSequences = 16, QueueLimit = Batch, PrefixCacheBytes = 1 << 20 });
        var memory = new List<long>();
        for (int batch = 0; batch < Batches; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, Batch).Select(i => ReadAsync(
                engine,
                NanoModel.Request(NanoModel.Tokens(random, random.Next(1, 60), runner.VocabularySize), random.Next(1, 12), i % 3 == 0 ? (ulong)i : null),
                random.Next(4) == 0 ? random.Next(4) : int.MaxValue)));
            GC.Collect();
            memory.Add(Environment.WorkingSet);
        }

        Assert.True(await engine.DrainAsync(Timeout.InfiniteTimeSpan));
        console.WriteLine($"MiB after each batch: {string.Join(", ", memory.Select(bytes => bytes >> 20))}");
        EngineStatus status = engine.Status;
        Assert.Equal((0, 0, 0L), (status.Running, status.Waiting, status.KvTokensUsed));
        Assert.InRange(memory[2] - memory[1], long.MinValue, Allowed);
    }

    private static async Task ReadAsync(InferenceEngine engine, GenerationRequest request, int most)
    {
        int read = 0;
        if (most == 0)
        {
            using var cancellation = new CancellationTokenSource();
            IAsyncEnumerable<TokenOutput> output = engine.GenerateAsync(request, cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await output.ToListAsync());
            return;
        }

        await foreach (TokenOutput output in engine.GenerateAsync(request))
        {
            Assert.NotEqual(FinishReason.Error, output.FinishReason);
            if (++read == most)
            {
                break;
            }
        }
    }
}
