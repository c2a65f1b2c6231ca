using InferServe.OnnxRuntime;

namespace InferServe.UnitTests.OnnxRuntime;

public sealed class OnnxRunnerOptionsTests
{
    [Fact]
    public void Problems_EverythingInRange_None()
    {
        Assert.Empty(new OnnxRunnerOptions { Rows = 1 }.Problems(512));
        Assert.Empty(new OnnxRunnerOptions { Rows = 1024, ContextLength = 512, Threads = 1 }.Problems(512));
    }

    [Fact]
    public void Problems_EverythingOutOfRange_NamesEachWithLimitAndValue()
    {
        Assert.Equal(
            [
                "Rows must be between 1 and 1024, got 0",
                "ContextLength must be between 2 and the model's context length 512, got 513",
                "Threads must be between 1 and 1024, got 0",
            ],
            new OnnxRunnerOptions { Rows = 0, ContextLength = 513, Threads = 0 }.Problems(512));
    }
}
