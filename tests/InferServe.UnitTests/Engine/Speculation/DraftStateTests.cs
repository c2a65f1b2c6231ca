using InferServe.Engine.Speculation;

namespace InferServe.UnitTests.Engine.Speculation;

public sealed class DraftStateTests
{
    [Fact]
    public void AfterDraft_AllRight_GrowsToTheLongest()
    {
        DraftState state = DraftState.Initial;
        for (int i = 0; i < 10; i++)
        {
            DraftState next = state.AfterDraft(state.Length, state.Length);
            Assert.True(next.Length > state.Length || next.Length == DraftState.Longest);
            state = next;
        }

        Assert.Equal(new DraftState(DraftState.Longest, 0, 0), state);
    }

    [Fact]
    public void AfterDraft_NothingRight_PausesLongerEachTime()
    {
        DraftState state = DraftState.Initial;
        var pauses = new List<int>();
        for (int i = 0; i < 40; i++)
        {
            state = state.AfterDraft(state.Length, 0);
            pauses.Add(state.Pause);
        }

        Assert.Equal([2, 4, 8, 16, 32, 32], pauses[..6]);
        Assert.Equal(DraftState.LongestPause, pauses[^1]);
        for (int i = 0; i < DraftState.LongestPause; i++)
        {
            Assert.NotEqual(0, state.Pause);
            state = state.AfterPlainStep();
        }

        Assert.Equal(0, state.AfterPlainStep().Pause);
    }

    [Fact]
    public void AfterDraft_PartlyRight_DraftsALittleMoreThanWasRight()
    {
        Assert.Equal(new DraftState(4, 0, 0), new DraftState(12, 3, 0).AfterDraft(drafted: 12, accepted: 3));
    }
}
