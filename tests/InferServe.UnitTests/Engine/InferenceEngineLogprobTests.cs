using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.Engine.Sampling;
using static InferServe.UnitTests.Engine.EngineFixtures;

namespace InferServe.UnitTests.Engine;

/// <summary>Log-probabilities of answers and prompts, grammars: what comes with the tokens and what limits them.</summary>
public sealed class InferenceEngineLogprobTests : IDisposable
{
    private readonly ScriptedRunner _runner = new(rows: 4, contextLength: 400, vocabularySize: 320);

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Step_TopLogprobs_ComeWithEachToken()
    {
        GenerationRequest request = Request(maxTokens: 5) with { TopLogprobs = 3 };
        List<TokenOutput> output = Run(request);

        List<int> tokens = [.. request.PromptTokens.Span];
        foreach (TokenOutput item in output)
        {
            AssertSame(Expected(tokens, item.Token!.Value, 3), item.Logprobs!);
            tokens.Add(item.Token.Value);
        }
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(60, 16)]
    [InlineData(300, 256)]
    public void Step_PromptLogprobs_AreThoseOfEveryPositionHoweverThePromptIsCut(int promptTokens, int budget)
    {
        GenerationRequest request = Request(promptTokens: promptTokens, maxTokens: 3) with { PromptLogprobs = 2 };
        InferenceEngine engine = Create(budget);
        IAsyncEnumerable<TokenOutput> earlier = engine.GenerateAsync(request with { PromptLogprobs = null });
        engine.RunUntilIdle();
        earlier.Collect();
        IReadOnlyList<IAsyncEnumerable<TokenOutput>> samples = engine.GenerateSamples(request, 2);
        engine.RunUntilIdle();

        foreach (List<TokenOutput> output in samples.Select(s => s.CollectAll()))
        {
            IReadOnlyList<TokenLogprobs?> logprobs = output[0].PromptLogprobs!;
            Assert.Equal(promptTokens, logprobs.Count);
            Assert.Null(logprobs[0]);
            for (int position = 1; position < promptTokens; position++)
            {
                int[] before = request.PromptTokens.Span[..position].ToArray();
                AssertSame(Expected(before, request.PromptTokens.Span[position], 2), logprobs[position]!);
            }

            Assert.Null(output[1].PromptLogprobs);
        }
    }

    [Fact]
    public void GenerateAsync_PromptLogprobsOfAModelThatReturnsTheLastPosition_IsRefused()
    {
        _runner.ReturnsAllPositions = false;

        var exception = Assert.Throws<ArgumentException>(() => Create().GenerateAsync(Request() with { PromptLogprobs = 0 }));

        Assert.Contains("last one only", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_Grammar_LimitsEveryTokenAndNoOtherSequence()
    {
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> limited = engine.GenerateAsync(Request(maxTokens: 20) with { Grammar = new TokenListGrammar(3, 17) });
        IAsyncEnumerable<TokenOutput> free = engine.GenerateAsync(Request(first: 2));
        engine.RunUntilIdle();

        Assert.All(limited.Collect(), output => Assert.True(output.Token is 3 or 17));
        Assert.Equal(Isolated(Request(first: 2), _runner), free.Collect());
    }

    [Fact]
    public void Step_GrammarFails_EndsThatSequenceOnly()
    {
        var grammar = new TokenListGrammar(3) { OnFill = accepted => Assert.True(accepted < 2, "the grammar is lost") };
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> failing = engine.GenerateAsync(Request(maxTokens: 20) with { Grammar = grammar });
        IAsyncEnumerable<TokenOutput> free = engine.GenerateAsync(Request(first: 2));
        engine.RunUntilIdle();

        List<TokenOutput> output = failing.Collect();
        Assert.Equal(3, output.Count);
        Assert.Equal(FinishReason.Error, output[^1].FinishReason);
        Assert.Contains("the grammar is lost", output[^1].Error, StringComparison.Ordinal);
        Assert.Equal(Isolated(Request(first: 2), _runner), free.Collect());
    }

    private static void AssertSame(TokenLogprobs expected, TokenLogprobs got)
    {
        Assert.Equal((expected.Token, expected.Logprob, expected.Rank), (got.Token, got.Logprob, got.Rank));
        Assert.Equal(expected.Top, got.Top);
    }

    private TokenLogprobs Expected(IReadOnlyList<int> tokens, int token, int top) =>
        new LogprobMeasure(_runner.VocabularySize).Measure(_runner.LogitsOf(tokens), token, top);

    private InferenceEngine Create(int budget = 256) =>
        InferenceEngine.CreateStepped(_runner, new EngineOptions { MaxSequences = 4, PrefillTokenBudget = budget });

    private List<TokenOutput> Run(GenerationRequest request)
    {
        InferenceEngine engine = Create();
        IAsyncEnumerable<TokenOutput> stream = engine.GenerateAsync(request);
        engine.RunUntilIdle();
        return stream.Collect();
    }
}
