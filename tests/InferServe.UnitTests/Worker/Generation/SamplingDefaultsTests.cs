using InferServe.Contracts.Chat;
using InferServe.Engine.Requests;
using InferServe.OnnxRuntime.Config;
using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class SamplingDefaultsTests
{
    private static readonly GenerationDefaults s_makers = new() { Temperature = 0.5f, TopK = 20, TopP = 0.75f, MinP = 0.125f, RepetitionPenalty = 1.25f };

    private static readonly SamplingChoices s_operator = new()
    {
        Temperature = 0.25, TopK = 10, TopP = 0.5, MinP = 0.25, RepetitionPenalty = 1.5, PresencePenalty = 0.5, FrequencyPenalty = -0.5,
    };

    [Fact]
    public void Apply_NothingGiven_TakesOpenAIsDefaults() => Assert.Equal(
        new SamplingParameters { Temperature = 1, TopP = 1, TopK = 0, MinP = 0, PresencePenalty = 0, FrequencyPenalty = 0, RepetitionPenalty = 1 },
        SamplingDefaults.Apply(new ChatCompletionRequest(), new SamplingChoices().Over(GenerationDefaults.None)));

    [Fact]
    public void Apply_MakersRecommend_TakesTheirValues() => Assert.Equal(
        new SamplingParameters { Temperature = 0.5f, TopP = 0.75f, TopK = 20, MinP = 0.125f, RepetitionPenalty = 1.25f },
        SamplingDefaults.Apply(new ChatCompletionRequest(), new SamplingChoices().Over(s_makers)));

    [Fact]
    public void Apply_OperatorSays_WinsOverTheMakers() => Assert.Equal(
        new SamplingParameters
        {
            Temperature = 0.25f, TopP = 0.5f, TopK = 10, MinP = 0.25f, RepetitionPenalty = 1.5f, PresencePenalty = 0.5f, FrequencyPenalty = -0.5f,
        },
        SamplingDefaults.Apply(new ChatCompletionRequest(), s_operator.Over(s_makers)));

    [Fact]
    public void Apply_RequestSays_WinsOverAll() => Assert.Equal(
        new SamplingParameters
        {
            Temperature = 0, TopP = 1, TopK = 0, MinP = 0, RepetitionPenalty = 1, PresencePenalty = 0, FrequencyPenalty = 0, Seed = ulong.MaxValue,
        },
        SamplingDefaults.Apply(
            new ChatCompletionRequest
            {
                Temperature = 0, TopP = 1, TopK = -1, MinP = 0, RepetitionPenalty = 1, PresencePenalty = 0, FrequencyPenalty = 0, Seed = -1,
            },
            s_operator.Over(s_makers)));

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(null, null, 64, 54)]
    [InlineData(null, 30, 64, 30)]
    [InlineData(20, 30, 64, 20)]
    [InlineData(null, null, 10, null)]
    public void MaxTokens_PromptOfTen_IsTheFirstThatSays(int? operatorTokens, int? makersTokens, int? length, int? expected)
    {
        var choices = new SamplingChoices { MaxTokens = operatorTokens }.Over(new GenerationDefaults { MaxNewTokens = makersTokens, MaxLength = length });

        Assert.Equal(expected, SamplingDefaults.MaxTokens(10, choices));
    }
}
