using InferServe.Engine;
using InferServe.Engine.Admission;
using InferServe.Engine.Model;
using InferServe.Engine.Observation;
using InferServe.Engine.Requests;
using Microsoft.Extensions.Time.Testing;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>The engine on its own thread: idling, draining, ending, failing.</summary>
public sealed class InferenceEngineThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly EngineOptions Options = new() { MaxSequences = 4, PrefillTokenBudget = 16, QueueLimit = 100 };

    [Fact]
    public async Task GenerateAsync_ManyAtOnce_EachGetsItsIsolatedOutput()
    {
        var runner = new ScriptedRunner(rows: 4);
        await using var engine = new InferenceEngine(runner, Options);
        GenerationRequest[] requests =
            [.. Enumerable.Range(1, 40).Select(i => Request(promptTokens: i, maxTokens: 1 + (i * 13 % 23), first: i))];

        List<TokenOutput>[] outputs = await Task.WhenAll(
            requests.Select(r => Task.Run(async () => (await engine.GenerateAsync(r).ToListAsync()).Plain())));

        for (int i = 0; i < requests.Length; i++)
        {
            Assert.Equal(Isolated(requests[i], runner), outputs[i]);
        }
    }

    [Fact]
    public async Task GenerateAsync_AfterBeingIdle_WakesTheThread()
    {
        var runner = new ScriptedRunner(rows: 4);
        await using var engine = new InferenceEngine(runner, Options);
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(Isolated(Request(first: i), runner), (await engine.GenerateAsync(Request(first: i)).ToListAsync()).Plain());
        }
    }

    [Fact]
    public async Task DrainAsync_RequestsInside_FinishesThemAndTakesNoMore()
    {
        using var gate = new ManualResetEventSlim();
        var runner = new ScriptedRunner(rows: 4) { OnRun = _ => gate.Wait() };
        await using var engine = new InferenceEngine(runner, Options with { MaxSequences = 1 });
        Task<List<TokenOutput>> running = engine.GenerateAsync(Request()).ToListAsync().AsTask();
        Task<List<TokenOutput>> waiting = engine.GenerateAsync(Request(first: 2)).ToListAsync().AsTask();

        Task<bool> drain = engine.DrainAsync(Timeout.InfiniteTimeSpan);
        Assert.Throws<EngineDrainingException>(() => engine.GenerateAsync(Request()));
        Assert.Equal(EngineState.Draining, engine.Status.State);
        Assert.False(drain.IsCompleted);
        gate.Set();

        Assert.True(await drain);
        Assert.Equal(Isolated(Request(), runner), (await running).Plain());
        Assert.Equal(Isolated(Request(first: 2), runner), (await waiting).Plain());
    }

    [Fact]
    public async Task DrainAsync_TimeIsUp_EndsTheRestWithAnError()
    {
        // The generation is far too long to end by itself before the engine is told to stop.
        var time = new FakeTimeProvider();
        var runner = new ScriptedRunner(rows: 4, contextLength: 100_000);
        await using var engine = new InferenceEngine(runner, Options with { MaxOutputLag = 1_000_000 }, time);
        Task<List<TokenOutput>> stream = engine.GenerateAsync(Request(maxTokens: 90_000)).ToListAsync().AsTask();

        Task<bool> drain = engine.DrainAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await drain);
        TokenOutput last = (await stream)[^1];
        Assert.Equal(FinishReason.Error, last.FinishReason);
        Assert.Contains("shut down", last.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrainAsync_Idle_CompletesAtOnce()
    {
        await using var engine = new InferenceEngine(new ScriptedRunner(rows: 4), Options);

        Assert.True(await engine.DrainAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task DisposeAsync_RequestsInside_EndsThemAndDisposesTheRunner()
    {
        var runner = new ScriptedRunner(rows: 4, contextLength: 100_000);
        var engine = new InferenceEngine(runner, Options with { MaxOutputLag = 1_000_000 });
        Task<List<TokenOutput>> stream = engine.GenerateAsync(Request(maxTokens: 90_000)).ToListAsync().AsTask();

        await engine.DisposeAsync();
        await engine.DisposeAsync();

        Assert.Equal(FinishReason.Error, (await stream)[^1].FinishReason);
        Assert.True(runner.IsDisposed);
        Assert.Equal(EngineState.Stopped, engine.Status.State);
        Assert.Throws<EngineDrainingException>(() => engine.GenerateAsync(Request()));
    }

    [Fact]
    public async Task Run_ObserverThrows_EndsEveryStreamAndMarksTheEngineFaulted()
    {
        using var gate = new ManualResetEventSlim();
        var runner = new ScriptedRunner(rows: 4) { OnRun = _ => gate.Wait() };
        await using var engine = new InferenceEngine(runner, Options with { MaxSequences = 1 }, observer: new ThrowingObserver());
        Task<List<TokenOutput>> running = engine.GenerateAsync(Request()).ToListAsync().AsTask();
        Task<List<TokenOutput>> waiting = engine.GenerateAsync(Request(first: 2)).ToListAsync().AsTask();
        gate.Set();

        foreach (TokenOutput last in new[] { (await running)[^1], (await waiting)[^1] })
        {
            Assert.Equal(FinishReason.Error, last.FinishReason);
            Assert.Contains("broken observer", last.Error, StringComparison.Ordinal);
        }

        Assert.Equal(EngineState.Faulted, engine.Status.State);
        Assert.IsType<InvalidOperationException>(engine.Status.Fault);
        Assert.Equal((0, 0), (engine.Status.Running, engine.Status.Waiting));
        Assert.Throws<EngineFaultedException>(() => engine.GenerateAsync(Request()));
        Assert.True(await engine.DrainAsync(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(10)] // A sequence ends.
    [InlineData(90)] // One loses its row to the other.
    public async Task Run_RowCannotBeReleased_EndsEveryStreamAndTheDrain(int maxTokens)
    {
        var runner = new ScriptedRunner(rows: 4, contextLength: 128) { OnRelease = _ => throw new ModelRunException("no release") };
        await using var engine = new InferenceEngine(
            runner, Options with { KvMemoryBytes = 100 * runner.KvBytesPerToken, DraftSequences = 0 });
        IAsyncEnumerable<TokenOutput>[] streams =
            [.. Enumerable.Range(1, 2).Select(i => engine.GenerateAsync(Request(promptTokens: 20, maxTokens: maxTokens, first: i)))];

        foreach (IAsyncEnumerable<TokenOutput> stream in streams)
        {
            TokenOutput last = (await stream.ToListAsync().AsTask().WaitAsync(Patience))[^1];
            Assert.Equal(FinishReason.Error, last.FinishReason);
            Assert.Contains("no release", last.Error, StringComparison.Ordinal);
        }

        Assert.True(await engine.DrainAsync(Patience));
        Assert.Equal((EngineState.Faulted, 0, 0), (engine.Status.State, engine.Status.Running, engine.Status.Waiting));
    }

    [Fact]
    public async Task Run_ObserverThrowsWhenSamplesArrive_EndsEachOfThem()
    {
        await using var engine = new InferenceEngine(new ScriptedRunner(rows: 4), Options, observer: new ThrowingObserver { ThrowsWhenQueued = true });

        foreach (IAsyncEnumerable<TokenOutput> stream in engine.GenerateSamples(Request(), 3))
        {
            Assert.Equal(FinishReason.Error, (await stream.ToListAsync().AsTask().WaitAsync(Patience))[^1].FinishReason);
        }

        Assert.True(await engine.DrainAsync(Patience));
    }

    private sealed class ThrowingObserver : IEngineObserver
    {
        public bool ThrowsWhenQueued { get; init; }

        public void RequestQueued(GenerationRequest request)
        {
            if (ThrowsWhenQueued)
            {
                throw new InvalidOperationException("broken observer");
            }
        }

        public void FirstToken(GenerationRequest request, TimeSpan timeToFirstToken) =>
            throw new InvalidOperationException("broken observer");

        public void RequestFinished(RequestMeasurements measurements) => throw new InvalidOperationException("broken again");
    }
}
