using InferServe.Engine;
using InferServe.Engine.Model;
using InferServe.Engine.Requests;
using InferServe.GenAi;
using InferServe.UnitTests.Engine;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.GenAi;

/// <summary>The engine over sequences of the GenAI library, which a script stands for.</summary>
public sealed class GenAiModelRunnerTests : IDisposable
{
    private const int Rows = 3;

    private static readonly int[] Tokens = [1, 2];

    private readonly ScriptedRunner _model = new(Rows);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_RequestsJoinAndLeave_EachGetsItsOwnTokens(bool rewinds)
    {
        var source = new ScriptedGeneratorSource(_model) { Rewinds = rewinds };
        InferenceEngine engine = Engine(source);
        GenerationRequest[] requests = [.. Enumerable.Range(1, 9).Select(i => Request(promptTokens: 3 + (i * 5 % 17), maxTokens: 2 + (i * 7 % 11), first: i))];

        IAsyncEnumerable<TokenOutput>[] outputs = [.. requests.Select(r => engine.GenerateAsync(r))];
        engine.RunUntilIdle();

        Assert.Equal(requests.Select(r => Isolated(r, _model)), outputs.Select(o => o.Collect()));
        Assert.Equal(0, source.Alive);
    }

    [Fact]
    public void Run_RowsMove_NothingIsRunTwice()
    {
        var source = new ScriptedGeneratorSource(_model);
        InferenceEngine engine = Engine(source);
        GenerationRequest[] requests = [Request(maxTokens: 2), Request(maxTokens: 20, first: 5), Request(maxTokens: 12, first: 9)];

        IAsyncEnumerable<TokenOutput>[] outputs = [.. requests.Select(r => engine.GenerateAsync(r))];
        engine.RunUntilIdle();

        Assert.Equal(requests.Select(r => Isolated(r, _model)), outputs.Select(o => o.Collect()));

        // The last token of a request is chosen, not run.
        Assert.Equal(requests.Sum(r => r.PromptTokens.Length + r.MaxTokens - 1), source.TokensRun);
    }

    [Fact]
    public void Run_SeveralSamples_EachIsItsOwn()
    {
        var source = new ScriptedGeneratorSource(_model);
        InferenceEngine engine = Engine(source);
        GenerationRequest request = Request(promptTokens: 20, maxTokens: 9, sampling: new SamplingParameters { Temperature = 3, Seed = 5 });

        IAsyncEnumerable<TokenOutput>[] samples = [.. engine.GenerateSamples(request, 5)];
        engine.RunUntilIdle();

        Assert.Equal(Enumerable.Range(0, 5).Select(i => Isolated(request, _model, i)), samples.Select(s => s.Collect()));
        Assert.Equal(0, source.Alive);
    }

    [Fact]
    public void Run_ARunFails_OnlyThatStepsSequencesEndAndTheNextIsServed()
    {
        var source = new ScriptedGeneratorSource(_model);
        InferenceEngine engine = Engine(source);
        source.OnAppend = () => throw new ModelRunException("out of memory");

        IAsyncEnumerable<TokenOutput> failed = engine.GenerateAsync(Request());
        engine.RunUntilIdle();
        source.OnAppend = null;
        IAsyncEnumerable<TokenOutput> served = engine.GenerateAsync(Request());
        engine.RunUntilIdle();

        Assert.Equal(FinishReason.Error, Assert.Single(failed.Collect()).FinishReason);
        Assert.Equal(Isolated(Request(), _model), served.Collect());
        Assert.Equal(0, source.Alive);
    }

    [Fact]
    public void Run_Adapter_IsRefused()
    {
        using var runner = new GenAiModelRunner(new ScriptedGeneratorSource(_model), Options);
        var plan = new StepPlan([], [new PrefillChunk(0, 0, Tokens, Logits: 1) { Adapter = "french" }]);

        Assert.Contains("french", Assert.Throws<ModelRunException>(() => runner.Run(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_SequencesAreAlive_EverythingIsGivenBack()
    {
        var source = new ScriptedGeneratorSource(_model);
        var runner = new GenAiModelRunner(source, Options);
        runner.Run(new StepPlan([], [new PrefillChunk(1, 0, Tokens, Logits: 1)]));

        runner.Dispose();

        Assert.Equal(0, source.Alive);
        Assert.True(source.IsDisposed);
    }

    private GenAiModelOptions Options => new()
    {
        Folder = "model",
        VocabularySize = _model.VocabularySize,
        ContextLength = _model.ContextLength,
        Rows = Rows,
    };

    private InferenceEngine Engine(ScriptedGeneratorSource source) => InferenceEngine.CreateStepped(
        new GenAiModelRunner(source, Options),
        new EngineOptions { MaxSequences = Rows, PrefixCacheBytes = 0, DraftSequences = 0, PrefillTokenBudget = 8 });
}
