using InferServe.Engine;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>
/// Seeded requests on a runner that rounds like real kernels: the same tokens and log-probabilities alone and in any company, with cache hits,
/// parallel samples, adapters and preemption.
/// </summary>
public sealed class InferenceEngineReproducibilityTests
{
    private const int ContextLength = 96;

    [Fact]
    public void Step_RandomTraffic_EverySeededRequestGetsWhatItGetsAlone()
    {
        int preempted = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            preempted += RunRandomTraffic(seed);
        }

        Assert.True(preempted > 30, $"only {preempted} preemptions");
    }

    [Fact]
    public void Step_LoneSeededRequest_DecodesWithPadding()
    {
        var runner = new ScriptedRunner(rows: 1) { RoundsLikeKernels = true };
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = 1 });
        engine.GenerateAsync(Seeded(Request(maxTokens: 5)));
        engine.RunUntilIdle();

        Assert.All(runner.Plans[1..], plan => Assert.True(Assert.Single(plan.Decode) is { IsPadded: true, Count: 2 }));
    }

    [Fact]
    public void Step_NeighboursWithOtherAdapters_DecodeInBatchesOfTheirOwn()
    {
        var runner = new ScriptedRunner(rows: 4);
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = 4 });
        string?[] adapters = ["a", "b", null, null];
        for (int i = 0; i < adapters.Length; i++)
        {
            engine.GenerateAsync(Request(first: i + 1) with { Adapter = adapters[i] });
        }

        engine.Step();
        engine.Step();

        Assert.Equal(adapters, runner.Plans[0].Prefill.Select(c => c.Adapter));
        Assert.Equal([("a", 1), ("b", 1), (null, 2)], runner.Plans[1].Decode.Select(b => (b.Adapter, b.Count)));
    }

    private static int RunRandomTraffic(int seed)
    {
        var random = new Random(seed);
        var runner = new ScriptedRunner(rows: random.Next(1, 7), ContextLength, vocabularySize: 128) { RoundsLikeKernels = true };
        var observer = new RecordingObserver();
        InferenceEngine engine = InferenceEngine.CreateStepped(
            runner,
            new EngineOptions
            {
                MaxSequences = runner.Rows,
                PrefillTokenBudget = random.Next(4, 40),
                KvMemoryBytes = random.Next(ContextLength, 2 * ContextLength) * runner.KvBytesPerToken,
                PrefixCacheBytes = random.Next(0, 20) * 16 * runner.KvBytesPerToken,
            },
            observer: observer);
        var seeded = new List<(GenerationRequest Request, int Sample, IAsyncEnumerable<TokenOutput> Output)>();
        var cancellations = new List<CancellationTokenSource>();
        for (int round = 0; round < 80; round++)
        {
            if (random.Next(3) == 0)
            {
                GenerationRequest request = RandomRequest(random);
                var cancellation = new CancellationTokenSource();
                IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples = engine.GenerateSamples(request, random.Next(1, 4), cancellation.Token);
                if (random.Next(4) == 0)
                {
                    cancellations.Add(cancellation);
                }
                else if (request.Sampling.Seed is not null)
                {
                    seeded.AddRange(samples.Select((output, sample) => (request, sample, output)));
                }
            }

            if (cancellations.Count > 0 && random.Next(5) == 0)
            {
                cancellations[random.Next(cancellations.Count)].Cancel();
            }

            StepWithinLimits();
        }

        for (int step = 0; StepWithinLimits(); step++)
        {
            Assert.True(step < 100_000, "the engine does not come to rest");
        }

        Assert.Equal((0, 0, 0L, 0), (engine.Status.Running, engine.Status.Waiting, engine.Status.KvTokensUsed, runner.Snapshots));
        foreach ((GenerationRequest request, int sample, IAsyncEnumerable<TokenOutput> output) in seeded)
        {
            AssertSame(Alone(request, sample), output.Collect());
        }

        return observer.Preempted.Count;

        bool StepWithinLimits()
        {
            bool ran = engine.Step();
            Assert.InRange(engine.Status.KvTokensUsed, 0, engine.Status.KvTokenCapacity);
            Assert.InRange(engine.Status.Running, 0, runner.Rows);
            return ran;
        }
    }

    private static List<TokenOutput> Alone(GenerationRequest request, int sample)
    {
        var runner = new ScriptedRunner(rows: 4, ContextLength, vocabularySize: 128) { RoundsLikeKernels = true };
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = 4 });
        IAsyncEnumerable<TokenOutput> output = engine.GenerateSamples(request, sample + 1)[sample];
        engine.RunUntilIdle();
        return output.Collect();
    }

    private static void AssertSame(List<TokenOutput> expected, List<TokenOutput> got)
    {
        Assert.Equal(expected.Select(o => (o.Token, o.FinishReason, o.Error)), got.Select(o => (o.Token, o.FinishReason, o.Error)));
        Assert.Equal(expected.Select(o => o.Logprobs?.Logprob), got.Select(o => o.Logprobs?.Logprob));
        Assert.Equal(expected.Select(o => o.Logprobs?.Top), got.Select(o => o.Logprobs?.Top));
    }

    private static GenerationRequest RandomRequest(Random random)
    {
        GenerationRequest request = Request(
            promptTokens: random.Next(1, 70),
            maxTokens: random.Next(1, 40),
            first: random.Next(3),
            sampling: new SamplingParameters { Temperature = random.Next(3), FrequencyPenalty = random.Next(2) },
            stopTokens: [random.Next(128)]) with
        {
            Priority = random.Next(2),
            Tenant = random.Next(2) == 0 ? "a" : "b",
            Adapter = random.Next(4) == 0 ? "formal" : null,
            TopLogprobs = random.Next(3),
            MinTokens = random.Next(5),
        };
        return random.Next(3) == 0 ? request : Seeded(request);
    }

    private static GenerationRequest Seeded(GenerationRequest request) =>
        request with { Sampling = request.Sampling with { Seed = (ulong)request.PromptTokens.Length } };
}
