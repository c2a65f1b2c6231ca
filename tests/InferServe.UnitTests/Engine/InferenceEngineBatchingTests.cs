using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Many requests in one engine: what each gets, and in which steps.</summary>
public sealed class InferenceEngineBatchingTests
{
    [Fact]
    public void Step_RandomJoinsCancelsAndLimits_EveryRequestGetsItsIsolatedOutput()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            RunRandomTraffic(seed);
        }
    }

    [Fact]
    public void Step_LongPromptArrives_DecodingGoesOnInEveryStep()
    {
        var runner = new ScriptedRunner(rows: 4, contextLength: 256);
        InferenceEngine engine = Create(runner, budget: 8);
        engine.GenerateAsync(Request(maxTokens: 100));
        engine.Step();
        engine.GenerateAsync(Request(promptTokens: 80, first: 2));
        for (int step = 0; step < 10; step++)
        {
            engine.Step();
            StepPlan plan = runner.Plans[^1];
            Assert.Equal(1, plan.DecodeRows());
            Assert.Equal(8, Assert.Single(plan.Prefill).Tokens.Length);
            Assert.Equal(step == 9, plan.Prefill[0].Logits == 1);
        }

        engine.Step();
        Assert.Equal(2, runner.Plans[^1].DecodeRows());
    }

    [Fact]
    public void Step_ManyPrompts_StartAndCompleteInTheOrderOfTheirArrival()
    {
        var runner = new ScriptedRunner(rows: 8);
        var observer = new RecordingObserver();
        var options = new EngineOptions { MaxSequences = 3, PrefillTokenBudget = 6 };
        InferenceEngine engine = InferenceEngine.CreateStepped(runner, options, observer: observer);
        for (int i = 1; i <= 12; i++)
        {
            engine.GenerateAsync(Request(promptTokens: i * 7 % 11 + 1, maxTokens: i % 4 + 1, first: i));
        }

        engine.RunUntilIdle();

        string[] order = [.. Enumerable.Range(1, 12).Select(i => $"r{i}")];
        Assert.Equal(order, observer.Events.Where(e => e.StartsWith("started", StringComparison.Ordinal)).Select(e => e.Split(' ')[1]));
        Assert.Equal(order, observer.Events.Where(e => e.StartsWith("first", StringComparison.Ordinal)).Select(e => e.Split(' ')[1]));
    }

    [Fact]
    public void Step_SeveralPromptsFitTheBudget_RunInOneStepAndDecodeTogetherInTheNext()
    {
        var runner = new ScriptedRunner(rows: 4);
        InferenceEngine engine = Create(runner, budget: 16);
        for (int i = 1; i <= 4; i++)
        {
            engine.GenerateAsync(Request(promptTokens: 4, first: i));
        }

        engine.Step();
        engine.Step();

        Assert.Equal(4, runner.Plans[0].Prefill.Count);
        Assert.Equal(4, runner.Plans[1].DecodeRows());
        Assert.Empty(runner.Copies);
    }

    [Fact]
    public void Step_SteadyTraffic_CopiesAtMostOneRowForEachRequestThatEnds()
    {
        var runner = new ScriptedRunner(rows: 8, contextLength: 128);
        InferenceEngine engine = Create(runner, budget: 12, sequences: 8);
        var random = new Random(5);
        for (int i = 1; i <= 200; i++)
        {
            engine.GenerateAsync(Request(promptTokens: random.Next(1, 40), maxTokens: random.Next(1, 40), first: i % 20));
            engine.Step();
            engine.Step();
            engine.Step();
        }

        engine.RunUntilIdle();
        Assert.InRange(runner.Copies.Count, 20, 180);
    }

    [Fact]
    public void Step_SeededRequest_GetsTheSameTokensAloneAndAmongOthers()
    {
        var sampling = new SamplingParameters { Temperature = 1.5f, TopP = 0.95f, Seed = 1234 };
        GenerationRequest seeded = Request(maxTokens: 30, sampling: sampling);
        var runner = new ScriptedRunner(rows: 4);
        InferenceEngine engine = Create(runner, budget: 8);
        engine.GenerateAsync(Request(maxTokens: 9, first: 2, sampling: new SamplingParameters()));
        engine.Step();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(seeded);
        engine.GenerateAsync(Request(promptTokens: 30, first: 3, sampling: new SamplingParameters { Seed = 1234 }));
        engine.RunUntilIdle();

        Assert.Equal(Isolated(seeded, runner), stream.Collect());
    }

    private static InferenceEngine Create(ScriptedRunner runner, int budget, int sequences = 4) =>
        InferenceEngine.CreateStepped(runner, new EngineOptions { MaxSequences = sequences, PrefillTokenBudget = budget });

    private static void RunRandomTraffic(int seed)
    {
        var random = new Random(seed);
        var runner = new ScriptedRunner(rows: random.Next(1, 9), contextLength: 48);
        InferenceEngine engine = Create(runner, budget: random.Next(4, 20), sequences: runner.Rows);
        var streams = new List<(GenerationRequest Request, IAsyncEnumerable<TokenOutput> Output, CancellationTokenSource Cancellation)>();
        while (streams.Count < 60)
        {
            for (int arrivals = random.Next(4); arrivals > 0; arrivals--)
            {
                GenerationRequest request = RandomRequest(random);
                var cancellation = new CancellationTokenSource();
                streams.Add((request, engine.GenerateAsync(request, cancellation.Token), cancellation));
            }

            if (streams.Count > 0 && random.Next(4) == 0)
            {
                streams[random.Next(streams.Count)].Cancellation.Cancel();
            }

            engine.Step();
            if (runner.Plans.Count > 0)
            {
                int[] rows = [.. runner.Plans[^1].Rows().Order()];
                Assert.Equal(Enumerable.Range(rows[0], rows.Length), rows);
                Assert.InRange(runner.Plans[^1].Prefill.Count(c => c.Logits == 0), 0, 1);
            }
        }

        engine.RunUntilIdle();
        Assert.Equal((0, 0, 0L), (engine.Status.Running, engine.Status.Waiting, engine.Status.KvTokensUsed));
        foreach ((GenerationRequest request, IAsyncEnumerable<TokenOutput> output, CancellationTokenSource cancellation) in streams)
        {
            if (!cancellation.IsCancellationRequested)
            {
                Assert.Equal(Isolated(request, runner), output.Collect());
            }

            cancellation.Dispose();
        }
    }

    private static GenerationRequest RandomRequest(Random random) => Request(
        promptTokens: random.Next(1, 47),
        maxTokens: random.Next(1, 30),
        first: random.Next(1000),
        sampling: random.Next(2) == 0 ? Greedy : new SamplingParameters { Temperature = 2, TopK = 12, Seed = (ulong)random.Next() },
        stopTokens: [random.Next(32)]);
}
