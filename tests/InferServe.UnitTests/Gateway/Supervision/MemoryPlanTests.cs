using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class MemoryPlanTests
{
    private static readonly UnloadCandidate Busy = new(30, TimeSpan.Zero);
    private static readonly UnloadCandidate Old = new(30, TimeSpan.FromSeconds(50));
    private static readonly UnloadCandidate Older = new(30, TimeSpan.FromSeconds(60));

    [Fact]
    public void Decide_NoBudgetOrRoom_Loads()
    {
        Assert.Equal(MemoryDecision.Load, MemoryPlan.Decide(null, 1_000, 0, 500, []).Decision);
        Assert.Equal(MemoryDecision.Load, MemoryPlan.Decide(100, 60, 0, 40, []).Decision);
    }

    [Fact]
    public void Decide_TooLittle_LeastRecentlyUsedGoesFirstAndBusyOnesLast()
    {
        Assert.Equal([2], Unloaded(needed: 40, Busy, Old, Older));
        Assert.Equal([2, 1], Unloaded(needed: 70, Busy, Old, Older));
        Assert.Equal([2, 1, 0], Unloaded(needed: 100, Busy, Old, Older));
    }

    [Fact]
    public void Decide_MemoryIsAboutToBeFree_WaitsForIt()
    {
        var plan = MemoryPlan.Decide(100, used: 90, leaving: 30, needed: 40, [Old]);

        Assert.Equal((MemoryDecision.Wait, 0), (plan.Decision, plan.Unload.Count));
    }

    [Fact]
    public void Decide_CandidateHasNotServedYet_IsWaitedForAndNotUnloaded()
    {
        var plan = MemoryPlan.Decide(100, used: 90, leaving: 0, needed: 40, [Old with { MayLeave = false }]);

        Assert.Equal((MemoryDecision.Wait, 0), (plan.Decision, plan.Unload.Count));
    }

    [Fact]
    public void Decide_NeverEnough_RefusesAndUnloadsNothing()
    {
        var plan = MemoryPlan.Decide(100, used: 90, leaving: 0, needed: 80, [Old, Older]);

        Assert.Equal((MemoryDecision.Refuse, 0), (plan.Decision, plan.Unload.Count));
    }

    private static IReadOnlyList<int> Unloaded(long needed, params UnloadCandidate[] candidates)
    {
        var plan = MemoryPlan.Decide(100, used: 90, leaving: 0, needed, candidates);
        Assert.Equal(MemoryDecision.Wait, plan.Decision);
        return plan.Unload;
    }
}
