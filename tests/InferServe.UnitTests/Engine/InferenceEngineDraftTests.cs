using System.Collections.Frozen;
using InferServe.Engine;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Guessed tokens: more at once, never others.</summary>
public sealed class InferenceEngineDraftTests : IDisposable
{
    private readonly ScriptedRunner _runner = new(rows: 4, contextLength: 200);
    private readonly RecordingObserver _observer = new();

    public InferenceEngineDraftTests() => _runner.OnLogits = (tokens, logits) =>
    {
        // Mostly the text goes round in a circle of five; now and then it does not.
        if (tokens.Count % 31 != 0)
        {
            logits[tokens.Count % 5] += 9;
        }
    };

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(0f)]
    [InlineData(0.6f)]
    public void Step_RepetitiveText_TakesFewerStepsForTheSameTokens(float temperature)
    {
        // The engine draws the seed of an unseeded request, so the same engine seed gives the same draws without drafts.
        GenerationRequest request = Request(promptTokens: 10, maxTokens: 120, sampling: new SamplingParameters { Temperature = temperature });
        (List<TokenOutput> plain, int plainSteps) = Run(request, drafts: 0);
        (List<TokenOutput> drafted, int steps) = Run(request, drafts: 2);

        Assert.Equal(plain, drafted);
        Assert.True(steps < plainSteps * 2 / 3, $"{steps} steps instead of {plainSteps}");
        Assert.True(_observer.Accepted > 0 && _observer.Accepted <= _observer.Drafted);
    }

    [Fact]
    public void Step_StopTokenWithinADraft_EndsThere()
    {
        GenerationRequest request = Request(promptTokens: 10, maxTokens: 120);
        int[] tokens = [.. Isolated(request, _runner).Select(o => o.Token!.Value)];
        int stop = tokens.Skip(40).First(t => t > 4);
        request = request with { StopTokens = new HashSet<int> { stop }.ToFrozenSet() };

        Assert.Equal(Isolated(request, _runner), Run(request, drafts: 2).Output);
    }

    [Fact]
    public void Step_SeededOrManySequences_NothingIsGuessed()
    {
        Run(Request(promptTokens: 10, maxTokens: 60, sampling: new SamplingParameters { Temperature = 0, Seed = 1 }), drafts: 2);
        InferenceEngine engine = Create(drafts: 2);
        for (int i = 1; i <= 3; i++)
        {
            engine.GenerateAsync(Request(promptTokens: 10, maxTokens: 60, first: i));
        }

        engine.RunUntilIdle();

        Assert.Equal(0, _observer.Drafted);
    }

    [Fact]
    public void Step_TwoSequences_EachGetsItsOwnWhileOnlyOneDrafts()
    {
        InferenceEngine engine = Create(drafts: 2);
        GenerationRequest[] requests =
        [
            Request(promptTokens: 10, maxTokens: 100),
            Request(promptTokens: 12, maxTokens: 50, first: 3, sampling: new SamplingParameters { Temperature = 2, Seed = 4 }),
        ];
        IAsyncEnumerable<TokenOutput>[] streams = Array.ConvertAll(requests, r => engine.GenerateAsync(r));
        engine.RunUntilIdle();

        Assert.Equal(requests.Select(r => Isolated(r, _runner)), streams.Select(s => s.Collect()));
        Assert.True(_observer.Accepted > 0);
    }

    [Fact]
    public void Step_ModelReturnsTheLastPositionOnly_NothingIsGuessed()
    {
        _runner.ReturnsAllPositions = false;
        Run(Request(promptTokens: 10, maxTokens: 60), drafts: 2);

        Assert.Equal(0, _observer.Drafted);
    }

    private (List<TokenOutput> Output, int Steps) Run(GenerationRequest request, int drafts)
    {
        int before = _runner.Plans.Count;
        InferenceEngine engine = Create(drafts);
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(request);
        engine.RunUntilIdle();
        return (stream.Collect(), _runner.Plans.Count - before);
    }

    private InferenceEngine Create(int drafts) => InferenceEngine.CreateStepped(
        _runner, new EngineOptions { MaxSequences = 4, DraftSequences = drafts, Seed = 11 }, observer: _observer);
}
