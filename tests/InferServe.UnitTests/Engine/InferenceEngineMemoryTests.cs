using InferServe.Engine;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Who runs and who loses its row when KV memory is short, and who comes next.</summary>
public sealed class InferenceEngineMemoryTests : IDisposable
{
    private readonly ScriptedRunner _runner = new(rows: 4, contextLength: 128);
    private readonly RecordingObserver _observer = new();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_MemoryRunsOut_PreemptsTheLatestAndEveryOneGetsItsOutput(bool seeded)
    {
        var sampling = seeded ? new SamplingParameters { Temperature = 2, Seed = 8 } : Greedy;
        InferenceEngine engine = Create(tokens: 100);
        GenerationRequest[] requests = [.. Enumerable.Range(1, 3).Select(i => Request(promptTokens: 10, maxTokens: 60, first: i, sampling: sampling))];
        IAsyncEnumerable<TokenOutput>[] streams = Array.ConvertAll(requests, r => engine.GenerateAsync(r));
        RunWithinMemory(engine, 100);

        Assert.Equal(["r3", "r2"], _observer.Preempted.Distinct());
        Assert.Equal(requests.Select(r => Isolated(r, _runner)), streams.Select(s => s.Collect()));
        Assert.Equal(0, _runner.Snapshots);
    }

    [Fact]
    public void Step_ManyDecode_ANewcomerKeepsItsRowForAsLongAsTheHeadroomLasts()
    {
        InferenceEngine engine = Create(tokens: 110);
        for (int i = 1; i <= 3; i++)
        {
            engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 60, first: i));
        }

        // Three that decode and have 10 + 10 tokens each leave room for 10 + 16 more, but not for what they take meanwhile.
        for (int step = 0; step < 11; step++)
        {
            engine.Step();
        }

        engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 60, first: 4));
        for (int step = 0; step < 12; step++)
        {
            engine.Step();
            Assert.Empty(_observer.Preempted);
        }

        RunWithinMemory(engine, 110);
        Assert.Equal(4, Started().Length);
    }

    [Fact]
    public void Step_MemoryRunsOut_LowerPriorityLosesItsRowFirst()
    {
        InferenceEngine engine = Create(tokens: 80);
        engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 60) with { Priority = 1 });
        engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 60, first: 2));
        RunWithinMemory(engine, 80);

        Assert.Equal(["r1"], _observer.Preempted.Distinct());
    }

    [Fact]
    public void Step_SavedSequenceCancelledOrAborted_ItsSnapshotIsFreed()
    {
        InferenceEngine engine = Create(tokens: 60);
        using var cancellation = new CancellationTokenSource();
        var sampling = new SamplingParameters { Seed = 1 };
        engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 90, sampling: sampling));
        engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 90, first: 2, sampling: sampling), cancellation.Token);
        while (_runner.Snapshots == 0)
        {
            Assert.True(engine.Step());
        }

        cancellation.Cancel();
        engine.Step();

        Assert.Equal(0, _runner.Snapshots);
    }

    [Fact]
    public void ContextLength_LessMemoryThanOneContext_IsWhatFits()
    {
        InferenceEngine engine = Create(tokens: 50);

        Assert.Equal(50, engine.ContextLength);
        Assert.Throws<ArgumentException>(() => engine.GenerateAsync(Request(promptTokens: 50)));
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(Request(promptTokens: 45, maxTokens: 100));
        engine.RunUntilIdle();
        Assert.Equal(5, stream.Collect().Count);
    }

    [Fact]
    public void Step_Priorities_LowerNumbersStartFirst()
    {
        InferenceEngine engine = Create(tokens: 400, sequences: 1);
        int[] priorities = [3, 0, -2, 0, 1];
        for (int i = 0; i < priorities.Length; i++)
        {
            engine.GenerateAsync(Request(first: i + 1) with { Priority = priorities[i] });
        }

        engine.RunUntilIdle();

        Assert.Equal(["r3", "r2", "r4", "r5", "r1"], Started());
    }

    [Fact]
    public void Step_TwoTenants_TakeTurnsHoweverManyRequestsOneHas()
    {
        InferenceEngine engine = Create(tokens: 400, sequences: 1);
        for (int i = 1; i <= 6; i++)
        {
            engine.GenerateAsync(Request(first: i) with { Tenant = "many" });
        }

        engine.Step();
        engine.GenerateAsync(Request(first: 7) with { Tenant = "few" });
        engine.GenerateAsync(Request(first: 8) with { Tenant = "few" });
        engine.RunUntilIdle();

        Assert.InRange(Array.IndexOf(Started(), "r7"), 1, 2);
        Assert.InRange(Array.IndexOf(Started(), "r8"), 2, 4);
    }

    [Fact]
    public void Step_TenantWithLongRequests_GetsFewerOfThem()
    {
        InferenceEngine engine = Create(tokens: 400, sequences: 1);
        for (int i = 1; i <= 8; i++)
        {
            engine.GenerateAsync(Request(promptTokens: 60, maxTokens: 20, first: i) with { Tenant = "long" });
            engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 5, first: i + 20) with { Tenant = "short" });
        }

        engine.RunUntilIdle();

        // 100 against 20 units a request.
        Assert.Equal(2, Started().Take(10).Count(id => id.Length == 2));
    }

    private string[] Started() => [.. _observer.Events.Where(e => e.StartsWith("started", StringComparison.Ordinal)).Select(e => e.Split(' ')[1])];

    private static void RunWithinMemory(InferenceEngine engine, long tokens)
    {
        for (int step = 0; engine.Step(); step++)
        {
            Assert.InRange(engine.Status.KvTokensUsed, 0, tokens);
            Assert.True(step < 10_000, "the engine does not come to rest");
        }
    }

    private InferenceEngine Create(int tokens, int sequences = 4) => InferenceEngine.CreateStepped(
        _runner,
        new EngineOptions { MaxSequences = sequences, KvMemoryBytes = tokens * _runner.KvBytesPerToken, DraftSequences = 0 },
        observer: _observer);
}
