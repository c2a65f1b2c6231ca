using InferServe.Engine;
using Microsoft.Extensions.Time.Testing;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>How a long prompt is cut when running streams wait for it.</summary>
public sealed class InferenceEnginePaceTests : IDisposable
{
    private static readonly TimeSpan PerToken = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PerDecodedRow = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedRunner _runner = new(rows: 8, contextLength: 4000);
    private readonly RecordingObserver _observer = new();

    public InferenceEnginePaceTests() => _runner.OnRun = plan =>
        _time.Advance((plan.DecodeRows() * PerDecodedRow) + (plan.Prefill.Sum(c => c.Tokens.Length) * PerToken));

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Step_PromptOfThreeThousandTokensAmongSevenStreams_StepsKeepToTheTarget()
    {
        InferenceEngine engine = Create(mixedStep: TimeSpan.FromSeconds(0.4));
        int first = StartStreams(engine);
        engine.GenerateAsync(Request(promptTokens: 3000, maxTokens: 1, first: 50));
        engine.RunUntilIdle();

        // 140 ms go to decoding, which leaves 52 prompt tokens.
        var mixed = _observer.Steps.Skip(first).Where(s => s.PrefillTokens > 0).ToList();
        Assert.Equal(3000, mixed.Sum(s => s.PrefillTokens));
        Assert.All(mixed, step =>
        {
            Assert.Equal(7, step.DecodeRows);
            Assert.InRange(step.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(0.42));
        });
        Assert.All(mixed.SkipLast(1), step => Assert.InRange(step.PrefillTokens, 48, 56));
    }

    [Fact]
    public void Step_NothingDecodes_TakesTheWholeBudget()
    {
        InferenceEngine engine = Create(mixedStep: TimeSpan.FromMilliseconds(1));
        engine.GenerateAsync(Request(promptTokens: 1024, maxTokens: 1));
        engine.RunUntilIdle();

        Assert.Equal([256, 256, 256, 256], _observer.Steps.Select(s => s.PrefillTokens));
    }

    [Fact]
    public void Step_NoTarget_TakesTheWholeBudgetBesideStreams()
    {
        InferenceEngine engine = Create(mixedStep: null);
        int first = StartStreams(engine);
        engine.GenerateAsync(Request(promptTokens: 1024, maxTokens: 1, first: 50));
        engine.RunUntilIdle();

        Assert.Equal([256, 256, 256, 256], _observer.Steps.Skip(first).Select(s => s.PrefillTokens).Where(t => t > 0));
    }

    private InferenceEngine Create(TimeSpan? mixedStep) => InferenceEngine.CreateStepped(
        _runner, new EngineOptions { MaxSequences = 8, DraftSequences = 0, MixedStep = mixedStep }, _time, _observer);

    /// <summary>Seven streams that decode; returns the number of steps so far.</summary>
    private int StartStreams(InferenceEngine engine)
    {
        for (int i = 1; i <= 7; i++)
        {
            engine.GenerateAsync(Request(maxTokens: 500, first: i));
        }

        engine.Step();
        engine.Step();
        return _observer.Steps.Count;
    }
}
