using InferServe.OnnxRuntime.Memory;

namespace InferServe.UnitTests.OnnxRuntime.Memory;

public sealed class AvailableMemoryTests
{
    [Fact]
    public void Parse_LinesOfTheKernel_GivesBytes()
    {
        Assert.Equal(12_345L << 10, AvailableMemory.Parse(["MemTotal:  99999 kB", "MemAvailable:   12345 kB", "Buffers: 1 kB"]));
    }

    [Theory]
    [InlineData("MemTotal: 5 kB")]
    [InlineData("MemAvailable:")]
    [InlineData("MemAvailable: -5 kB")]
    public void Parse_FieldMissingOrWrong_GivesNothing(string line) => Assert.Null(AvailableMemory.Parse([line]));
}
