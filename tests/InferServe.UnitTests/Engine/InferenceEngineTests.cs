using InferServe.Engine;
using InferServe.Engine.Admission;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>One engine, driven step by step.</summary>
public sealed class InferenceEngineTests : IDisposable
{
    private readonly ScriptedRunner _runner = new(rows: 4);

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void GenerateAsync_OneRequest_YieldsEachTokenAndTheReasonWithTheLast()
    {
        GenerationRequest request = Request(promptTokens: 5, maxTokens: 6);
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(request);
        engine.RunUntilIdle();

        List<TokenOutput> output = stream.Collect();

        Assert.Equal(Isolated(request, _runner), output);
        Assert.Equal(6, output.Count);
        Assert.Equal(FinishReason.Length, output[^1].FinishReason);
    }

    [Fact]
    public void GenerateAsync_StopToken_EndsWithItAndStop()
    {
        int second = Isolated(Request(), _runner)[1].Token!.Value;

        List<TokenOutput> output = Run(Request(stopTokens: second));

        Assert.Equal(2, output.Count);
        Assert.Equal(new TokenOutput { Token = second, FinishReason = FinishReason.Stop }, output[^1]);
    }

    [Fact]
    public void GenerateAsync_ContextFull_EndsWithLength()
    {
        List<TokenOutput> output = Run(Request(promptTokens: 60, maxTokens: 100));

        Assert.Equal(4, output.Count);
        Assert.Equal(FinishReason.Length, output[^1].FinishReason);
    }

    [Fact]
    public void GenerateAsync_OneMaxToken_EndsWithThePrompt()
    {
        List<TokenOutput> output = Run(Request(maxTokens: 1));

        Assert.Equal(FinishReason.Length, Assert.Single(output).FinishReason);
        Assert.Single(_runner.Plans);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void GenerateAsync_PromptDoesNotFit_ThrowsWithBothNumbers(int tokens)
    {
        InferenceEngine engine = Create();

        var exception = Assert.Throws<ArgumentException>(() => engine.GenerateAsync(Request(promptTokens: tokens)));

        Assert.Contains($"1 to 63 tokens; it has {tokens}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GenerateAsync_RowsAndQueueFull_ThrowsAtTheCallAndAcceptsAgainLater()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 2, QueueLimit = 3 });
        for (int i = 0; i < 5; i++)
        {
            engine.GenerateAsync(Request(first: i + 1));
        }

        Assert.Equal(3, Assert.Throws<QueueFullException>(() => engine.GenerateAsync(Request())).QueueLimit);

        engine.RunUntilIdle();
        engine.GenerateAsync(Request());
    }

    [Fact]
    public void GenerateAsync_EndSeen_PlaceIsFreeAlready()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 1, QueueLimit = 0 });
        for (int i = 0; i < 3; i++)
        {
            IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(Request(maxTokens: 1));
            engine.Step();
            stream.Collect();
        }
    }

    [Fact]
    public void GenerateAsync_CancelledToken_ThrowsAtOnceAndTakesNoPlace()
    {
        InferenceEngine engine = Create();

        Assert.Throws<OperationCanceledException>(() => engine.GenerateAsync(Request(), new CancellationToken(canceled: true)));

        Assert.Equal(0, engine.Status.Waiting);
    }

    [Fact]
    public async Task GenerateAsync_EnumeratedTwice_Throws()
    {
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(Request());
        engine.RunUntilIdle();
        stream.Collect();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.ToListAsync());
    }

    [Fact]
    public async Task Step_TokenCancelledWhileRunning_FreesTheRowWithinOneStep()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 1 });
        using var cancellation = new CancellationTokenSource();
        IAsyncEnumerable<TokenOutput> cancelled = engine.GenerateAsync(Request(maxTokens: 50), cancellation.Token);
        IAsyncEnumerable<TokenOutput> next = engine.GenerateAsync(Request(first: 9));
        engine.Step();
        engine.Step();

        await cancellation.CancelAsync();
        engine.Step();

        Assert.Equal(9, _runner.Plans[^1].Prefill[0].Tokens.Span[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled.ToListAsync());
        engine.RunUntilIdle();
        Assert.Equal(Isolated(Request(first: 9), _runner), next.Collect());
    }

    [Fact]
    public async Task Step_EnumerationLeftEarly_FreesTheRowWithinOneStep()
    {
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(Request(maxTokens: 50));
        engine.Step();
        await foreach (TokenOutput _ in stream)
        {
            break;
        }

        Assert.False(engine.Step());
        Assert.Equal(0, engine.Status.Running);
        Assert.Single(_runner.Plans);
    }

    [Fact]
    public async Task Step_TokenCancelledWhileWaiting_RequestNeverRuns()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 1 });
        using var cancellation = new CancellationTokenSource();
        engine.GenerateAsync(Request());
        engine.GenerateAsync(Request(first: 20), cancellation.Token);
        engine.Step();

        await cancellation.CancelAsync();
        engine.RunUntilIdle();

        Assert.DoesNotContain(_runner.Plans.SelectMany(p => p.Prefill), c => c.Tokens.Span[0] == 20);
        Assert.Equal((0, 0), (engine.Status.Running, engine.Status.Waiting));
    }

    [Fact]
    public async Task Step_TokenCancelledDuringPrefill_OthersGoOn()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4, PrefillTokenBudget = 8 });
        using var cancellation = new CancellationTokenSource();
        IAsyncEnumerable<TokenOutput> first = engine.GenerateAsync(Request(maxTokens: 20));
        engine.Step();
        engine.GenerateAsync(Request(promptTokens: 30, first: 2), cancellation.Token);
        IAsyncEnumerable<TokenOutput> third = engine.GenerateAsync(Request(promptTokens: 20, first: 3));
        engine.Step();

        await cancellation.CancelAsync();
        engine.RunUntilIdle();

        Assert.Equal(Isolated(Request(maxTokens: 20), _runner), first.Collect());
        Assert.Equal(Isolated(Request(promptTokens: 20, first: 3), _runner), third.Collect());
    }

    [Fact]
    public void Step_ReaderLagsPastTheBound_CancelsItAndNobodyElse()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4, MaxOutputLag = 3 });
        IAsyncEnumerable<TokenOutput> slow = engine.GenerateAsync(Request(maxTokens: 10));
        IAsyncEnumerable<TokenOutput> fits = engine.GenerateAsync(Request(maxTokens: 4, first: 2));
        engine.RunUntilIdle();

        List<TokenOutput> output = slow.Collect();
        Assert.Equal(Isolated(Request(maxTokens: 10), _runner)[..3], output[..^1]);
        Assert.Equal(FinishReason.Cancelled, output[^1].FinishReason);
        Assert.Contains("more than 3 tokens", output[^1].Error, StringComparison.Ordinal);
        Assert.Equal(Isolated(Request(maxTokens: 4, first: 2), _runner), fits.Collect());
    }

    [Fact]
    public void Step_RunFails_EndsTheSequencesOfThatRunOnly()
    {
        var observer = new RecordingObserver();
        InferenceEngine engine = InferenceEngine.CreateStepped(
            _runner, new EngineOptions { MaxSequences = 2 }, observer: observer);
        IAsyncEnumerable<TokenOutput>[] streams = [.. Enumerable.Range(1, 3).Select(i => engine.GenerateAsync(Request(first: i)))];
        engine.Step();
        _runner.OnRun = _ => throw new ModelRunException("out of memory");
        engine.Step();
        _runner.OnRun = null;

        Assert.Equal(1, engine.Status.ConsecutiveFailures);
        engine.RunUntilIdle();

        foreach (IAsyncEnumerable<TokenOutput> stream in streams[..2])
        {
            TokenOutput last = stream.Collect()[^1];
            Assert.Equal(FinishReason.Error, last.FinishReason);
            Assert.Equal("The model run failed: out of memory", last.Error);
            Assert.Null(last.Token);
        }

        Assert.Equal(Isolated(Request(first: 3), _runner), streams[2].Collect());
        Assert.Equal(0, engine.Status.ConsecutiveFailures);
        Assert.Equal(EngineState.Serving, engine.Status.State);
        Assert.IsType<ModelRunException>(Assert.Single(observer.Exceptions));
    }

    [Fact]
    public void Step_LogitsNotFinite_EndsThatSequenceOnly()
    {
        _runner.OnLogits = (tokens, logits) => logits[3] = tokens[0] == 1 && tokens.Count == 6 ? float.NaN : logits[3];
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> bad = engine.GenerateAsync(Request());
        IAsyncEnumerable<TokenOutput> good = engine.GenerateAsync(Request(first: 2));
        engine.RunUntilIdle();

        List<TokenOutput> output = bad.Collect();
        Assert.Equal(3, output.Count);
        Assert.Equal(FinishReason.Error, output[^1].FinishReason);
        Assert.Contains("NaN", output[^1].Error, StringComparison.Ordinal);
        Assert.Equal(Isolated(Request(first: 2), _runner), good.Collect());
    }

    [Fact]
    public void GenerateAsync_NoSeed_SamplesDifferently()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4, Seed = 7 });
        var sampling = new SamplingParameters { Temperature = 5 };
        IAsyncEnumerable<TokenOutput>[] streams =
            [.. Enumerable.Range(0, 4).Select(_ => engine.GenerateAsync(Request(maxTokens: 20, sampling: sampling)))];
        engine.RunUntilIdle();

        Assert.Equal(4, streams.Select(s => string.Join(' ', s.Collect().Select(o => o.Token))).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 64, "MaxSequences must be 1 to 1024; it is 0.")]
    [InlineData(4, -1, "QueueLimit must be 0 to 100000; it is -1.")]
    [InlineData(5, 64, "MaxSequences must be at most the runner's 4 rows; it is 5.")]
    public void Constructor_OptionOutOfRange_ThrowsWithRangeAndValue(int maxSequences, int queueLimit, string expected)
    {
        var options = new EngineOptions { MaxSequences = maxSequences, QueueLimit = queueLimit };

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Create(options)).Message, StringComparison.Ordinal);
    }

    private InferenceEngine Create(EngineOptions? options = null) =>
        InferenceEngine.CreateStepped(_runner, options ?? new EngineOptions { MaxSequences = 4 });

    private List<TokenOutput> Run(GenerationRequest request)
    {
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(request);
        engine.RunUntilIdle();
        return stream.Collect();
    }
}
