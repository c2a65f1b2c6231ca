using InferServe.Engine;
using InferServe.Engine.Admission;
using InferServe.Engine.Requests;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Several samples of one prompt.</summary>
public sealed class InferenceEngineSampleTests : IDisposable
{
    private static readonly SamplingParameters Seeded = new() { Temperature = 3, Seed = 5 };

    private readonly ScriptedRunner _runner = new(rows: 4);

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    public void GenerateSamples_MoreOrFewerThanRows_EachIsItsOwnAndThePromptIsPrefilledOnce(int count)
    {
        GenerationRequest request = Request(promptTokens: 30, maxTokens: 12, sampling: Seeded);
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4, PrefillTokenBudget = 16, PrefixCacheBytes = 0 });

        List<TokenOutput>[] outputs = Run(engine, engine.GenerateSamples(request, count));

        for (int sample = 0; sample < count; sample++)
        {
            Assert.Equal(Isolated(request, _runner, sample), outputs[sample]);
        }

        Assert.Equal(count, outputs.Select(o => string.Join(' ', o.Select(t => t.Token))).Distinct().Count());

        // Every sample but the first runs two prompt tokens at most, unless no row with the prompt was left to copy from.
        int again = _runner.Plans.SelectMany(p => p.Prefill).Count(c => c.Position == 0);
        Assert.InRange(again, 1, (count + 3) / 4);
    }

    [Fact]
    public void GenerateSamples_FirstSample_EqualsGenerateAsync()
    {
        GenerationRequest request = Request(promptTokens: 9, maxTokens: 12, sampling: Seeded);
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4 });
        IAsyncEnumerable<TokenOutput> single = engine.GenerateAsync(request);
        IAsyncEnumerable<TokenOutput> first = engine.GenerateSamples(request, 3)[0];
        engine.RunUntilIdle();

        Assert.Equal(single.Collect(), first.Collect());
    }

    [Fact]
    public async Task GenerateSamples_OneLeftEarly_OthersGoOn()
    {
        GenerationRequest request = Request(promptTokens: 9, maxTokens: 12, sampling: Seeded);
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 4 });
        IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples = engine.GenerateSamples(request, 3);
        engine.Step();
        await foreach (TokenOutput _ in samples[0])
        {
            break;
        }

        engine.RunUntilIdle();

        Assert.Equal(Isolated(request, _runner, 1), samples[1].Collect());
        Assert.Equal(Isolated(request, _runner, 2), samples[2].Collect());
        Assert.Equal((0, 0), (engine.Status.Running, engine.Status.Waiting));
    }

    [Fact]
    public void GenerateSamples_MoreThanThePlaces_RefusesAllOfThem()
    {
        InferenceEngine engine = Create(new EngineOptions { MaxSequences = 2, QueueLimit = 3 });

        Assert.Throws<QueueFullException>(() => engine.GenerateSamples(Request(), 6));

        Assert.Equal(0, engine.Status.Waiting);
        Assert.Equal(5, engine.GenerateSamples(Request(), 5).Count);
    }

    private InferenceEngine Create(EngineOptions options) => InferenceEngine.CreateStepped(_runner, options);

    private static List<TokenOutput>[] Run(InferenceEngine engine, IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples)
    {
        engine.RunUntilIdle();
        return [.. samples.Select(s => s.Collect())];
    }
}
