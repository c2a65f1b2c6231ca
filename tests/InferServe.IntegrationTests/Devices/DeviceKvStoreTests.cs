using InferServe.Engine;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.Engine;
using InferServe.OnnxRuntime;
using InferServe.OnnxRuntime.Memory;

namespace InferServe.IntegrationTests.Devices;

/// <summary>
/// Keys and values kept as in a device's memory, with its copies done by the execution provider; the provider is the processor's, so that every bit can be compared.
/// </summary>
public sealed class DeviceKvStoreTests
{
    private const int Rows = 6;
    private const int ContextLength = 128;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_RandomSchedule_SeededRequestsGetBitForBitWhatHostMemoryGives(bool hasHandles)
    {
        var random = new Random(12);
        var counts = new Counts();
        using var device = Load(hasHandles);
        InferenceEngine engine = InferenceEngine.CreateStepped(
            device,
            new EngineOptions
            {
                MaxSequences = Rows,
                PrefillTokenBudget = 24,
                KvMemoryBytes = 3 * ContextLength / 2 * device.KvBytesPerToken,
                PrefixCacheBytes = ContextLength * device.KvBytesPerToken,
            },
            observer: counts);
        int[] shared = NanoModel.Tokens(random, 50, device.VocabularySize);
        List<(GenerationRequest Request, int Sample, IAsyncEnumerable<TokenOutput> Output)> outputs = [];
        for (int arrivals = 0; arrivals < 20;)
        {
            if (random.Next(3) == 0)
            {
                arrivals++;
                int[] prompt = [.. shared[..random.Next(51)], .. NanoModel.Tokens(random, random.Next(1, 30), device.VocabularySize)];
                GenerationRequest request = NanoModel.Request(prompt, random.Next(20, 60), random.Next(4) > 0 ? (ulong)arrivals : null, random.Next(2));
                request = request with { Priority = random.Next(2) };
                IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples = engine.GenerateSamples(request, random.Next(1, 3));
                outputs.AddRange(samples.Select((output, sample) => (request, sample, output)));
            }

            engine.Step();
        }

        engine.RunUntilIdle();
        Assert.True(counts.Preempted > 0 && counts.Cached > 0, $"{counts.Preempted} preemptions, {counts.Cached} cached tokens");

        using var host = NanoModel.Load(Rows, ContextLength);
        foreach ((GenerationRequest request, int sample, IAsyncEnumerable<TokenOutput> output) in outputs)
        {
            List<TokenOutput> got = output.Collect();
            if (request.Sampling.Seed is not null)
            {
                InferenceEngine alone = InferenceEngine.CreateStepped(host, new EngineOptions { MaxSequences = Rows });
                IAsyncEnumerable<TokenOutput> expected = alone.GenerateSamples(request, sample + 1)[sample];
                alone.RunUntilIdle();
                NanoModel.AssertSame(expected.Collect(), got);
            }
        }
    }

    [Fact]
    public void Load_BudgetOfADevice_GivesAsManyRowsAsFit()
    {
        using var model = Load(hasHandles: true);
        long row = model.KvBytesPerToken * ContextLength;

        // Padding and stage take a row each.
        using var smaller = Load(hasHandles: true, kvMemoryBytes: 5 * row);
        Assert.Equal((Rows, 3), (model.Rows, smaller.Rows));

        string reason = Assert.Single(Assert.Throws<ModelLoadException>(() => Load(hasHandles: true, kvMemoryBytes: row)).Reasons);
        Assert.Equal(
            $"keys and values of one sequence and 2 rows beside it take {3 * row} bytes of the device's memory, the budget has {row}; a shorter context takes less",
            reason);
    }

    private static OnnxModelRunner Load(bool hasHandles, long? kvMemoryBytes = null) => OnnxModelRunner.Load(
        ModelFolder.Open(NanoModel.Path),
        new OnnxRunnerOptions
        {
            Rows = Rows,
            ContextLength = ContextLength,
            Threads = 1,
            KvMemoryBytes = kvMemoryBytes,
            Placement = hasHandles ? KvPlacement.DeviceWithHandles : KvPlacement.DeviceWithAddresses,
        });

    private sealed class Counts : IEngineObserver
    {
        public int Preempted { get; private set; }

        public int Cached { get; private set; }

        public void SequencePreempted(GenerationRequest request) => Preempted++;

        public void PrefixLookedUp(GenerationRequest request, int cachedTokens) => Cached += cachedTokens;
    }
}
