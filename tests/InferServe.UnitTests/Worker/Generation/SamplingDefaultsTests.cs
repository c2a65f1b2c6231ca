using InferServe.Contracts.Chat;
using InferServe.OnnxRuntime.Config;
using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class SamplingDefaultsTests
{
    [Fact]
    public void Apply_NothingGiven_TakesOpenAIsDefaults()
    {
        var sampling = SamplingDefaults.Apply(new ChatCompletionRequest(), GenerationDefaults.None);

        Assert.Equal((1f, 1f, 0, 0f, (ulong?)null), (sampling.Temperature, sampling.TopP, sampling.TopK, sampling.MinP, sampling.Seed));
    }

    [Fact]
    public void Apply_ModelRecommends_TakesItsValues()
    {
        var model = new GenerationDefaults { Temperature = 0.6f, TopK = 20, TopP = 0.95f, MinP = 0.1f };

        var sampling = SamplingDefaults.Apply(new ChatCompletionRequest(), model);

        Assert.Equal((0.6f, 0.95f, 20, 0.1f), (sampling.Temperature, sampling.TopP, sampling.TopK, sampling.MinP));
    }

    [Fact]
    public void Apply_RequestSays_TakesItsValues()
    {
        var model = new GenerationDefaults { Temperature = 0.6f, TopK = 20, TopP = 0.95f, MinP = 0.1f };
        var request = new ChatCompletionRequest { Temperature = 0, TopK = -1, TopP = 0.5, MinP = 0, Seed = -1 };

        var sampling = SamplingDefaults.Apply(request, model);

        Assert.Equal((0f, 0.5f, 0, 0f, ulong.MaxValue), (sampling.Temperature, sampling.TopP, sampling.TopK, sampling.MinP, sampling.Seed));
    }
}
