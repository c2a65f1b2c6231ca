using InferServe.OnnxRuntime.Running;

namespace InferServe.UnitTests.OnnxRuntime.Running;

public sealed class StepInputsTests
{
    [Fact]
    public void LongestTotal_RaggedRows_CountsTheNewToken()
    {
        Assert.Equal(6, StepInputs.LongestTotal([0, 5, 3]));
        Assert.Equal(1, StepInputs.LongestTotal([0]));
    }

    [Fact]
    public void FillMask_RaggedRows_OnesUpToEachNewTokenAndZerosBeyond()
    {
        long[] mask = [9, 9, 9, 9, 9, 9, 9, 9, 9, 9];

        StepInputs.FillMask([1, 0, 2], 3, mask);

        Assert.Equal([1, 1, 0, 1, 0, 0, 1, 1, 1, 9], mask);
    }

    [Fact]
    public void FillRange_Chunk_CountsFromItsPosition()
    {
        long[] positions = new long[3];

        StepInputs.FillRange(7, positions);

        Assert.Equal([7, 8, 9], positions);
    }

    [Fact]
    public void Widen_Tokens_KeepsThemAndWhatFollows()
    {
        long[] wide = [-1, -1, -1];

        StepInputs.Widen([5, 6], wide);

        Assert.Equal([5, 6, -1], wide);
    }
}
