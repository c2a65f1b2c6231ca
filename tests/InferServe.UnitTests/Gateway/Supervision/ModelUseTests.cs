using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class ModelUseTests
{
    private static readonly WorkerUse Ready = new(WorkerState.Ready, Seconds(100), Seconds(40), HasServed: true);
    private static readonly ModelUse Kept = new(HasFailed: false, TimeSpan.Zero, MayLeave: false);

    [Fact]
    public void Of_ReadyAndUnused_CountsFromTheLastRequest()
    {
        Assert.Equal(new ModelUse(HasFailed: false, Seconds(40), MayLeave: true), ModelUse.Of(0, [Ready]));
        Assert.Equal(Seconds(40), ModelUse.Of(0, [Ready with { UnusedFor = Seconds(60) }, Ready]).UnusedFor);
    }

    [Fact]
    public void Of_RequestInHand_IsNotUnused() => Assert.Equal(TimeSpan.Zero, ModelUse.Of(1, [Ready]).UnusedFor);

    [Fact]
    public void Of_ReadyAfterLongLoading_CountsFromReady()
    {
        var loaded = new WorkerUse(WorkerState.Ready, Seconds(2), Seconds(62), HasServed: false);

        Assert.Equal(new ModelUse(HasFailed: false, Seconds(2), MayLeave: false), ModelUse.Of(0, [loaded]));
    }

    [Fact]
    public void Of_SecondWorkerBecomesReady_CountsFromTheFirst()
        => Assert.Equal(Seconds(40), ModelUse.Of(0, [Ready, Ready with { InState = Seconds(1) }]).UnusedFor);

    [Fact]
    public void Of_NobodyCameAfterLoading_MayLeave()
    {
        var unused = ModelUse.FirstUse + Seconds(1);

        Assert.True(ModelUse.Of(0, [new WorkerUse(WorkerState.Ready, unused, Seconds(62), HasServed: false)]).MayLeave);
    }

    [Fact]
    public void Of_NoneReadyButOneMayBecomeSo_StaysAndIsNotIdle()
    {
        var failed = Ready with { State = WorkerState.Failed };
        foreach (var coming in new[] { WorkerState.Starting, WorkerState.BackingOff }.Select(state => Ready with { State = state }))
        {
            Assert.Equal(Kept, ModelUse.Of(0, [coming]));
            Assert.Equal(Kept, ModelUse.Of(0, [coming, failed]));
        }
    }

    [Fact]
    public void Of_NoWorkers_IsNotIdle() => Assert.Equal(Kept, ModelUse.Of(0, []));

    [Fact]
    public void Of_AllFailed_MayLeaveAndGoesFirst()
    {
        var failed = new WorkerUse(WorkerState.Failed, Seconds(1), Seconds(30), HasServed: false);

        var use = ModelUse.Of(0, [failed, failed]);

        Assert.Equal(new ModelUse(HasFailed: true, Seconds(30), MayLeave: true), use);
        var plan = MemoryPlan.Decide(100, used: 90, leaving: 0, needed: 40, [ModelUse.Of(0, [Ready]).AsCandidate(30), use.AsCandidate(30)]);
        Assert.Equal([1], plan.Unload);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
