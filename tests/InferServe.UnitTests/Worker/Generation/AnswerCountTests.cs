using InferServe.Contracts.Errors;
using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class AnswerCountTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 1)]
    [InlineData(2, 4)]
    public void ThrowIfNeverFits_AsManyAsPlaces_Passes(int prompts, int samples) => AnswerCount.ThrowIfNeverFits(prompts, samples, places: 8);

    [Theory]
    [InlineData(1, 9, "n")]
    [InlineData(3, 3, "n")]
    [InlineData(9, 1, "prompt")]
    [InlineData(9, 2, "prompt")]
    public void ThrowIfNeverFits_More_Is400WithTheLimit(int prompts, int samples, string param)
    {
        var error = Assert.Throws<ApiException>(() => AnswerCount.ThrowIfNeverFits(prompts, samples, places: 8)).Error;

        Assert.Equal((400, "invalid_value", param), (error.Status, error.Code, error.Param));
        Assert.Contains("at most 8 answers", error.Message, StringComparison.Ordinal);
        Assert.Null(error.RetryAfterSeconds);
    }
}
