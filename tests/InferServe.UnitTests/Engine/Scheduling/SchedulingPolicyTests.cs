using System.Collections.Frozen;
using InferServe.Engine.Requests;
using InferServe.Engine.Scheduling;

namespace InferServe.UnitTests.Engine.Scheduling;

public sealed class SchedulingPolicyTests
{
    private static readonly bool[] Booleans = [true, false];

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

    [Theory]
    [InlineData(0.5, 0.1, 0.005, 256, 80)] // What is left after decoding goes to prompt tokens.
    [InlineData(0.5, 0.1, 0.0001, 256, 256)] // A fast model takes the whole budget.
    [InlineData(0.5, 0.1, 0, 256, 256)]
    [InlineData(0.5, 0.1, 1, 256, SchedulingPolicy.ShortestMixedBudget)] // A slow one still makes progress,
    [InlineData(0.5, 0.9, 0.001, 256, SchedulingPolicy.ShortestMixedBudget)] // also when decoding alone takes too long.
    [InlineData(0.5, 0.1, 1, 8, 8)] // The budget is the most in any case.
    public void MixedBudget_ByTime_IsWhatFitsTheStep(double target, double decode, double perToken, int budget, int expected) =>
        Assert.Equal(expected, SchedulingPolicy.MixedBudget(target, decode, perToken, budget));

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

    [Fact]
    public void Precedes_AllCombinations_IsATotalOrderByPriorityPreemptionServiceArrival()
    {
        QueueKey[] keys =
        [
            .. from priority in Enumerable.Range(-1, 3)
               from preempted in Booleans
               from service in Enumerable.Range(0, 2)
               from arrival in Enumerable.Range(0, 2)
               select new QueueKey(priority, preempted, service, arrival),
        ];
        for (int a = 0; a < keys.Length; a++)
        {
            for (int b = 0; b < keys.Length; b++)
            {
                Assert.Equal(a < b, SchedulingPolicy.Precedes(keys[a], keys[b]));
            }
        }
    }

    [Fact]
    public void ChooseVictim_EverySetOfThree_TakesTheLastInTheOrder()
    {
        VictimKey[] keys =
        [
            .. from priority in Enumerable.Range(0, 2)
               from reproducible in Booleans
               from arrival in Enumerable.Range(0, 3)
               select new VictimKey(priority, reproducible, arrival),
        ];
        foreach (int a in Enumerable.Range(0, keys.Length))
        {
            foreach (int b in Enumerable.Range(0, keys.Length).Where(b => b != a))
            {
                foreach (int c in Enumerable.Range(0, keys.Length).Where(c => c != a && c != b))
                {
                    int[] order = [a, b, c];
                    int victim = SchedulingPolicy.ChooseVictim([keys[a], keys[b], keys[c]]);
                    Assert.Equal(order.Max(), order[victim]);
                }
            }
        }
    }

    [Theory]
    [InlineData(3, 100, 20, 120, true)]
    [InlineData(3, 100, 20, 119, false)]
    [InlineData(0, 0, 20, 10, true)] // Alone it always starts.
    public void CanStart_Memory_HoldsWhatAllNeed(int running, long claimed, long needed, long capacity, bool expected)
    {
        Assert.Equal(expected, SchedulingPolicy.CanStart(running, claimed, needed, capacity));
    }

    [Fact]
    public void CanStart_ThenAllDecode_NoneLosesItsRowForAsManyStepsAsThereIsHeadroom()
    {
        for (int capacity = 50; capacity <= 400; capacity++)
        {
            // As many sequences start as may; then each takes a token a step.
            List<(int Known, int Left)> running = [];
            for (int i = 0; ; i++)
            {
                (int known, int left) = (1 + (i * 7 % 20), 1 + (i * 11 % 60));
                long claimed = running.Sum(s => SchedulingPolicy.TokensNeeded(s.Known, s.Left));
                if (!SchedulingPolicy.CanStart(running.Count, claimed, SchedulingPolicy.TokensNeeded(known, left), capacity))
                {
                    break;
                }

                running.Add((known, left));
            }

            Assert.NotEmpty(running);
            Assert.True(running.Sum(s => s.Known + Math.Min(s.Left, SchedulingPolicy.Headroom)) <= capacity);
        }
    }

    [Theory]
    [InlineData(10, 4, 14)]
    [InlineData(10, 1000, 26)]
    public void TokensNeeded_Known_AddsBoundedRoom(int known, int left, long expected) =>
        Assert.Equal(expected, SchedulingPolicy.TokensNeeded(known, left));

    [Theory]
    [InlineData(5, null, 5)]
    [InlineData(5, 3L, 5)]
    [InlineData(5, 9L, 9)]
    public void ServiceOnReturn_Absence_EarnsNothing(long own, long? leastPresent, long expected) =>
        Assert.Equal(expected, SchedulingPolicy.ServiceOnReturn(own, leastPresent));
}
