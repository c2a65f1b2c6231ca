using InferServe.Engine;
using InferServe.Engine.Requests;
using InferServe.IntegrationTests.OnnxRuntime;

namespace InferServe.IntegrationTests.Engine;

/// <summary>What a family has that others have not must not matter to the engine: its tokens are those of a forward pass in float64, in any company.</summary>
public sealed class ModelVariantsTests
{
    private const int Rows = 4;

    public static TheoryData<string> Variants => [.. TinyModel.Llamas, .. TinyModel.Variants];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Generate_Greedy_GivesReferenceTokens(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load(Rows);
        InferenceEngine engine = Create(runner, prefillTokens: 64);

        IAsyncEnumerable<TokenOutput> output = engine.GenerateSamples(Request(model, promptTokens: model.Prompt.Length), 1, default)[0];
        engine.RunUntilIdle();

        AssertReference(model, output);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Generate_PromptInChunksBesideRaggedRows_GivesReferenceTokens(string variant)
    {
        var model = TinyModel.Of(variant);
        using var runner = model.Load(Rows);
        InferenceEngine engine = Create(runner, prefillTokens: 4);

        // More requests than rows; some join while others decode, and prompts of other lengths keep the rows ragged.
        List<IAsyncEnumerable<TokenOutput>> outputs = [];
        for (int i = 0; i < 3; i++)
        {
            outputs.Add(engine.GenerateSamples(Request(model, model.Prompt.Length), 1, default)[0]);
            engine.GenerateSamples(Request(model, promptTokens: 3 + (5 * i)), 1, default);
            engine.Step();
        }

        engine.RunUntilIdle();

        Assert.All(outputs, output => AssertReference(model, output));
    }

    private static InferenceEngine Create(InferServe.OnnxRuntime.OnnxModelRunner runner, int prefillTokens) => InferenceEngine.CreateStepped(
        runner,
        new EngineOptions { MaxSequences = Rows, PrefillTokenBudget = prefillTokens, MixedStep = null, PrefixCacheBytes = 0, DraftSequences = 0 });

    private static GenerationRequest Request(TinyModel model, int promptTokens) =>
        NanoModel.Request(model.Prompt[..promptTokens], model.Greedy.Length, temperature: 0) with { TopLogprobs = null };

    private static void AssertReference(TinyModel model, IAsyncEnumerable<TokenOutput> output)
    {
        List<TokenOutput> tokens = output.Collect();
        Assert.Null(tokens[^1].Error);
        Assert.Equal(model.Greedy, tokens.Select(token => token.Token!.Value));
    }
}
