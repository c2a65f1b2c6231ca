using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Prefixes that earlier requests have computed.</summary>
public sealed class InferenceEngineCacheTests : IDisposable
{
    private readonly ScriptedRunner _runner = new(rows: 4, contextLength: 256);
    private readonly InferenceEngine _engine;

    public InferenceEngineCacheTests() =>
        _engine = InferenceEngine.CreateStepped(_runner, new EngineOptions { MaxSequences = 4, DraftSequences = 0 });

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void GenerateAsync_SamePromptAgain_TakesWholeBlocksAndGivesTheSame()
    {
        GenerationRequest request = Request(promptTokens: 50);
        List<TokenOutput> first = Run(request);
        List<TokenOutput> second = Run(request);

        Assert.Equal((0, 48), (first[0].CachedPromptTokens, second[0].CachedPromptTokens));
        Assert.All(second[1..], output => Assert.Null(output.CachedPromptTokens));
        Assert.Equal(first.Plain(), second.Plain());
        Assert.Equal(Isolated(request, _runner), second.Plain());
        Assert.Equal(2, LastChunk().Tokens.Length);
    }

    [Fact]
    public void GenerateAsync_NextTurnOfAChat_TakesPromptAndAnswer()
    {
        GenerationRequest first = Request(promptTokens: 30, maxTokens: 40);
        int[] answer = [.. Run(first).Select(o => o.Token!.Value)];
        GenerationRequest second = first with { PromptTokens = (int[])[.. first.PromptTokens.Span, .. answer, 5, 6, 7] };

        List<TokenOutput> output = Run(second);

        // The answer's last token was never run; 30 + 39 tokens make 4 blocks of 16.
        Assert.Equal(64, output[0].CachedPromptTokens);
        Assert.Equal(Isolated(second, _runner), output.Plain());
    }

    [Theory]
    [InlineData(33, 32)]
    [InlineData(32, 16)] // One token is left to run.
    [InlineData(16, 0)]
    public void GenerateAsync_PromptOfWholeBlocks_LeavesATokenToRun(int promptTokens, int cached)
    {
        Run(Request(promptTokens: 40));

        Assert.Equal(cached, Run(Request(promptTokens: promptTokens))[0].CachedPromptTokens);
    }

    [Theory]
    [InlineData(34, 32)]
    [InlineData(33, 16)] // Never is a single token left to prefill.
    [InlineData(32, 16)]
    public void GenerateAsync_Seeded_LeavesTwoTokensToRun(int promptTokens, int cached)
    {
        Run(Request(promptTokens: 40));
        GenerationRequest request = Request(promptTokens: promptTokens, sampling: new SamplingParameters { Seed = 1 });

        Assert.Equal(cached, Run(request)[0].CachedPromptTokens);
    }

    [Fact]
    public void GenerateAsync_SeededAfterAnAnswer_TakesNothingThatDecodingWrote()
    {
        GenerationRequest first = Request(promptTokens: 20, maxTokens: 40);
        int[] answer = [.. Run(first).Select(o => o.Token!.Value)];
        GenerationRequest second = first with
        {
            PromptTokens = (int[])[.. first.PromptTokens.Span, .. answer],
            Sampling = new SamplingParameters { Seed = 3 },
        };

        Assert.Equal(16, Run(second)[0].CachedPromptTokens);

        // Now a prefill has written the rest as well.
        Assert.Equal(48, Run(second)[0].CachedPromptTokens);
    }

    [Fact]
    public void GenerateAsync_OtherSaltOrAdapter_TakesNothing()
    {
        GenerationRequest request = Request(promptTokens: 40);
        Run(request);

        Assert.Equal(0, Run(request with { CacheSalt = "mine" })[0].CachedPromptTokens);
        Assert.Equal(0, Run(request with { Adapter = "formal" })[0].CachedPromptTokens);
        Assert.Equal(32, Run(request with { CacheSalt = "mine" })[0].CachedPromptTokens);
    }

    [Fact]
    public void GenerateAsync_LongPromptCancelled_WhatWasPrefilledIsKept()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = InferenceEngine.CreateStepped(_runner, new EngineOptions { MaxSequences = 4, PrefillTokenBudget = 64 });
        engine.GenerateAsync(Request(promptTokens: 200), cancellation.Token);
        engine.Step();
        engine.Step();
        cancellation.Cancel();
        engine.Step();
        IAsyncEnumerable<TokenOutput> again = engine.GenerateAsync(Request(promptTokens: 200));
        engine.RunUntilIdle();

        Assert.Equal(128, again.CollectAll()[0].CachedPromptTokens);
    }

    [Fact]
    public void GenerateAsync_SequenceFailed_NothingOfItIsKept()
    {
        _runner.OnLogits = (tokens, logits) => logits[0] = tokens.Count == 45 ? float.NaN : logits[0];
        GenerationRequest request = Request(promptTokens: 30, maxTokens: 40);
        Assert.Equal(FinishReason.Error, Run(request)[^1].FinishReason);
        _runner.OnLogits = null;

        // The prompt was complete and sound before the failure.
        Assert.Equal(16, Run(request)[0].CachedPromptTokens);
        Assert.Equal(32, _engine.Status.CachedTokens - 32);
    }

    [Fact]
    public void Step_RunFails_WhatWasKeptIsForgotten()
    {
        // The runner may have put off the copies into blocks until the run that failed.
        GenerationRequest request = Request(promptTokens: 40);
        Run(request);
        _runner.OnRun = _ => throw new ModelRunException("no memory for a copy");
        Assert.Equal(FinishReason.Error, Run(Request(first: 90))[^1].FinishReason);
        _runner.OnRun = null;

        Assert.Equal(0, _engine.Status.CachedTokens);
        List<TokenOutput> again = Run(request);
        Assert.Equal(0, again[0].CachedPromptTokens);
        Assert.Equal(Isolated(request, _runner), again.Plain());
        Assert.Equal(32, Run(request)[0].CachedPromptTokens);
    }

    [Fact]
    public void Step_RunFails_EndsWhatHasItsRowButNoPartInTheStep()
    {
        // Ten tokens leave two of the budget; of the second prompt three are left to run behind a cached block, which two cannot begin.
        var engine = InferenceEngine.CreateStepped(
            _runner, new EngineOptions { MaxSequences = 4, PrefillTokenBudget = 12, MixedStep = null, DraftSequences = 0 });
        GenerationRequest cached = Request(promptTokens: 19, maxTokens: 2);
        engine.GenerateAsync(cached);
        engine.RunUntilIdle();
        IAsyncEnumerable<TokenOutput> first = engine.GenerateAsync(Request(promptTokens: 10, first: 50));
        IAsyncEnumerable<TokenOutput> second = engine.GenerateAsync(cached);
        _runner.OnRun = _ => throw new ModelRunException("no memory for a copy");
        engine.Step();

        Assert.Equal(50, Assert.Single(_runner.Plans[^1].Prefill).Tokens.Span[0]);
        Assert.Equal([FinishReason.Error, FinishReason.Error], new[] { first, second }.Select(stream => stream.CollectAll()[^1].FinishReason!.Value));
        Assert.Equal(0, engine.Status.Running);
    }

    [Fact]
    public void GenerateAsync_CacheOff_TakesNothing()
    {
        var engine = InferenceEngine.CreateStepped(_runner, new EngineOptions { MaxSequences = 4, PrefixCacheBytes = 0 });
        foreach (int _ in Enumerable.Range(0, 2))
        {
            IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(Request(promptTokens: 40));
            engine.RunUntilIdle();
            Assert.Equal(0, stream.CollectAll()[0].CachedPromptTokens);
        }

        Assert.Equal((0L, 0L), (engine.Status.CachedTokens, engine.Status.CachedTokenCapacity));
    }

    private PrefillChunk LastChunk() => _runner.Plans.SelectMany(p => p.Prefill).Last();

    private List<TokenOutput> Run(GenerationRequest request)
    {
        IAsyncEnumerable<TokenOutput> stream = _engine.GenerateAsync(request);
        _engine.RunUntilIdle();
        return stream.CollectAll();
    }
}
