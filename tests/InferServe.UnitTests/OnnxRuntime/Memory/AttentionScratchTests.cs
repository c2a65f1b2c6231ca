using InferServe.OnnxRuntime.Memory;

namespace InferServe.UnitTests.OnnxRuntime.Memory;

public sealed class AttentionScratchTests
{
    [Theory]
    [InlineData(32, 2048, 4096)]
    [InlineData(32, 131_072, 64)]
    [InlineData(4096, 16_777_216, 4)] // Chunks never get shorter than the scheduler can cut.
    public void LongestChunk_HeadsAndCapacity_KeepsWithinAGibibyte(int heads, int capacity, int expected) =>
        Assert.Equal(expected, AttentionScratch.LongestChunk(heads, capacity));
}
