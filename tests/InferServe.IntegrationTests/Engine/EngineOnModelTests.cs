using InferServe.Engine;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using InferServe.OnnxRuntime;

namespace InferServe.IntegrationTests.Engine;

/// <summary>Random schedules on the embedded model.</summary>
public sealed class EngineOnModelTests
{
    private const int Rows = 6;
    private const int ContextLength = 192;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Step_RandomSchedule_SeededRequestsGetBitForBitWhatTheyGetAlone(int seed)
    {
        var random = new Random(seed);
        var counts = new Counts();
        var seeded = new List<(GenerationRequest Request, int Sample, IAsyncEnumerable<TokenOutput> Output)>();
        var runner = NanoModel.Load(Rows, ContextLength);
        InferenceEngine engine = InferenceEngine.CreateStepped(
            runner,
            new EngineOptions
            {
                MaxSequences = Rows,
                PrefillTokenBudget = 24,
                KvMemoryBytes = 2 * ContextLength * runner.KvBytesPerToken,
                PrefixCacheBytes = ContextLength * runner.KvBytesPerToken,
            },
            observer: counts);
        int[] shared = NanoModel.Tokens(random, 60, runner.VocabularySize);
        var cancellations = new List<CancellationTokenSource>();
        for (int arrivals = 0; arrivals < 24;)
        {
            if (random.Next(3) == 0)
            {
                arrivals++;
                int[] prompt = [.. shared[..random.Next(61)], .. NanoModel.Tokens(random, random.Next(1, 50), runner.VocabularySize)];
                GenerationRequest request = NanoModel.Request(
                    prompt, random.Next(1, 70), random.Next(4) > 0 ? (ulong)arrivals : null, random.Next(2)) with
                {
                    Priority = random.Next(2),
                    TopLogprobs = arrivals % 4,
                };
                var cancellation = new CancellationTokenSource();
                IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples = engine.GenerateSamples(request, random.Next(1, 3), cancellation.Token);
                if (random.Next(5) == 0)
                {
                    cancellations.Add(cancellation);
                }
                else if (request.Sampling.Seed is not null)
                {
                    seeded.AddRange(samples.Select((output, sample) => (request, sample, output)));
                }
            }

            if (cancellations.Count > 0 && random.Next(6) == 0)
            {
                cancellations[random.Next(cancellations.Count)].Cancel();
            }

            StepWithinLimits();
        }

        while (StepWithinLimits())
        {
        }

        Assert.Equal((0, 0, 0L), (engine.Status.Running, engine.Status.Waiting, engine.Status.KvTokensUsed));
        Assert.True(counts.Preempted > 0 && counts.Cached > 0, $"{counts.Preempted} preemptions, {counts.Cached} cached tokens");

        using var alone = NanoModel.Load(Rows, ContextLength);
        foreach ((GenerationRequest request, int sample, IAsyncEnumerable<TokenOutput> output) in seeded)
        {
            NanoModel.AssertSame(Alone(alone, request, sample), output.Collect());
        }

        runner.Dispose();

        bool StepWithinLimits()
        {
            bool ran = engine.Step();
            Assert.InRange(engine.Status.KvTokensUsed, 0, engine.Status.KvTokenCapacity);
            Assert.InRange(engine.Status.Running, 0, Rows);
            return ran;
        }
    }

    [Fact]
    public void Step_LongPromptAmongRunningStreams_DelaysNoneByMoreThanAChunk()
    {
        const int Budget = 256;
        using var runner = NanoModel.Load(rows: 8);
        var steps = new StepList();
        InferenceEngine engine = InferenceEngine.CreateStepped(
            runner, new EngineOptions { MaxSequences = 8, PrefillTokenBudget = Budget, MixedStep = null, DraftSequences = 0 }, observer: steps);
        var random = new Random(3);
        int[] longPrompt = NanoModel.Tokens(random, engine.ContextLength - 8, runner.VocabularySize);
        for (int i = 0; i < 7; i++)
        {
            engine.GenerateAsync(NanoModel.Request(NanoModel.Tokens(random, 8, runner.VocabularySize), maxTokens: 60));
        }

        engine.Step();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(NanoModel.Request(longPrompt, maxTokens: 2));
        int first = steps.Steps.Count;
        engine.RunUntilIdle();

        // In each step of the prefill all seven go on, and no step holds more of the prompt than a chunk.
        int chunks = (longPrompt.Length + Budget - 1) / Budget;
        Assert.All(steps.Steps[first..(first + chunks)], step =>
        {
            Assert.Equal(7, step.DecodeRows);
            Assert.InRange(step.PrefillTokens, 1, Budget);
        });
        Assert.Equal(2, stream.Collect().Count);
    }

    private static List<TokenOutput> Alone(OnnxModelRunner runner, GenerationRequest request, int sample)
    {
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = Rows });
        IAsyncEnumerable<TokenOutput> output = engine.GenerateSamples(request, sample + 1)[sample];
        engine.RunUntilIdle();
        return output.Collect();
    }

    private sealed class Counts : IEngineObserver
    {
        public int Preempted { get; private set; }

        public int Cached { get; private set; }

        public void SequencePreempted(GenerationRequest request) => Preempted++;

        public void PrefixLookedUp(GenerationRequest request, int cachedTokens) => Cached += cachedTokens;
    }

    private sealed class StepList : IEngineObserver
    {
        public List<StepMeasurements> Steps { get; } = [];

        public void StepCompleted(StepMeasurements measurements) => Steps.Add(measurements);
    }
}
