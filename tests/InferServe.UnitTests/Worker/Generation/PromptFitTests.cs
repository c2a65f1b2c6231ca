using InferServe.Contracts.Errors;
using InferServe.Worker.Generation;

namespace InferServe.UnitTests.Worker.Generation;

public sealed class PromptFitTests
{
    [Theory]
    [InlineData(10, null, 100, 90)]
    [InlineData(10, 5L, 100, 5)]
    [InlineData(10, 1_000L, 100, 90)]
    [InlineData(99, null, 100, 1)]
    public void MaxTokens_PromptFits_IsWhatIsAskedForWithinTheContext(int prompt, long? asked, int context, int expected) =>
        Assert.Equal(expected, PromptFit.MaxTokens(prompt, asked, context, "messages"));

    [Theory]
    [InlineData(100, "context_length_exceeded")]
    [InlineData(101, "context_length_exceeded")]
    [InlineData(0, "invalid_value")]
    public void MaxTokens_PromptDoesNotFit_IsRefused(int prompt, string code) =>
        Assert.Equal(code, Assert.Throws<ApiException>(() => PromptFit.MaxTokens(prompt, asked: 1, contextLength: 100, "prompt")).Error.Code);
}
