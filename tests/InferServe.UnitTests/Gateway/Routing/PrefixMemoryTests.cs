using InferServe.Gateway.Routing;

namespace InferServe.UnitTests.Gateway.Routing;

public sealed class PrefixMemoryTests
{
    [Fact]
    public void Match_KnownBeginning_IsItsLength()
    {
        var memory = new PrefixMemory();
        memory.Remember(7, [1, 2, 3]);

        Assert.Equal(2, memory.Match(7, [1, 2, 9]));
        Assert.Equal(0, memory.Match(7, [9, 1, 2]));
    }

    [Fact]
    public void Match_ProcessStartedAgain_KnowsNothing()
    {
        var memory = new PrefixMemory();
        memory.Remember(7, [1, 2, 3]);

        Assert.Equal(0, memory.Match(8, [1, 2, 3]));
        memory.Remember(8, [1]);
        Assert.Equal(1, memory.Match(8, [1, 2, 3]));
    }

    [Fact]
    public void Remember_MoreThanFits_ForgetsWhatWasUsedLongestAgoFromItsEnd()
    {
        var memory = new PrefixMemory(capacity: 4);
        memory.Remember(7, [1, 2]);
        memory.Remember(7, [3, 4]);
        memory.Remember(7, [1]);

        memory.Remember(7, [5]);

        Assert.Equal((1, 2, 1), (memory.Match(7, [1, 2]), memory.Match(7, [3, 4]), memory.Match(7, [5])));
    }
}
