using System.Collections.Frozen;
using InferServe.Engine.Requests;
using InferServe.Engine.Scheduling;

namespace InferServe.UnitTests.Engine.Scheduling;

public sealed class SchedulingPolicyTests
{
    private static readonly FrozenSet<int> StopTokens = FrozenSet.ToFrozenSet([7]);

    [Fact]
    public void ChunkLength_AllSmallNumbers_StaysWithinBudgetAndLeavesNoSingleToken()
    {
        for (int remaining = 1; remaining <= 40; remaining++)
        {
            for (int budget = 0; budget <= 40; budget++)
            {
                int length = SchedulingPolicy.ChunkLength(remaining, budget);
                Assert.InRange(length, 0, Math.Min(remaining, budget));
                if (length == remaining)
                {
                    continue;
                }

                Assert.True(remaining > budget, "a prompt that fits is not cut");
                if (length > 0)
                {
                    Assert.True(length > 1 && remaining - length > 1, "no cut leaves a single token");
                    Assert.True(budget - length <= 1, "at most one token of the budget is left over");
                }
            }
        }
    }

    [Fact]
    public void ChunkLength_AnyFullBudget_MakesProgress()
    {
        for (int budget = SchedulingPolicy.SmallestBudget; budget <= 16; budget++)
        {
            for (int remaining = 1; remaining <= 100; remaining++)
            {
                Assert.True(SchedulingPolicy.ChunkLength(remaining, budget) > 0);
            }
        }
    }

    [Fact]
    public void ChunkLength_RepeatedUntilDone_CoversThePromptExactly()
    {
        for (int budget = SchedulingPolicy.SmallestBudget; budget <= 16; budget++)
        {
            for (int prompt = 2; prompt <= 100; prompt++)
            {
                int remaining = prompt;
                while (remaining > 0)
                {
                    int length = SchedulingPolicy.ChunkLength(remaining, budget);
                    Assert.True(length >= SchedulingPolicy.ShortestChunk);
                    remaining -= length;
                }

                Assert.Equal(0, remaining);
            }
        }
    }

    [Theory]
    [InlineData(7, 1, 10, 5, 100, FinishReason.Stop)]
    [InlineData(7, 10, 10, 100, 100, FinishReason.Stop)] // Stop wins over length.
    [InlineData(8, 9, 10, 99, 100, null)]
    [InlineData(8, 10, 10, 99, 100, FinishReason.Length)]
    [InlineData(8, 9, 10, 100, 100, FinishReason.Length)]
    public void ReasonToFinish_Limits_AreInclusive(int token, int generated, int maxTokens, int total, int context, FinishReason? expected)
    {
        Assert.Equal(expected, SchedulingPolicy.ReasonToFinish(token, StopTokens, generated, maxTokens, total, context));
    }
}
