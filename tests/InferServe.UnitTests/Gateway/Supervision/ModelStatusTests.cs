using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class ModelStatusTests
{
    private static readonly ModelDefinition Model = new() { Name = "m", Folder = "/m" };
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Of_SeveralWorkers_IsAsGoodAsTheBest()
    {
        var status = ModelStatus.Of(Model, [Worker(WorkerState.Failed), Worker(WorkerState.Ready), Worker(WorkerState.Ready), Worker(WorkerState.Starting)]);

        Assert.Equal((true, 2, ModelState.Ready), (status.IsReady, status.ReadyWorkers, status.State));
    }

    [Fact]
    public void Describe_EachState_SaysWhatAClientMayExpect()
    {
        Assert.Equal("is loading", Describe(Worker(WorkerState.Starting)));
        Assert.Equal("is restarting: its worker died", Describe(Worker(WorkerState.Starting) with { Restarts = 1, Reason = "died" }));
        Assert.Equal("is restarting: its worker died", Describe(Worker(WorkerState.BackingOff) with { Reason = "died" }));
        Assert.Equal("has failed: its worker died", Describe(Worker(WorkerState.Failed) with { Reason = "died" }));
        Assert.Equal("is stopping", Describe(Worker(WorkerState.Stopping)));
    }

    [Theory]
    [InlineData(WorkerState.Failed, LoadPolicy.Eager, true)]
    [InlineData(WorkerState.Starting, LoadPolicy.Eager, true)]
    [InlineData(WorkerState.Ready, LoadPolicy.Eager, false)]
    [InlineData(WorkerState.Starting, LoadPolicy.OnDemand, false)]
    public void IsMissed_EagerModelThatDoesNotAnswer_KeepsTheGatewayFromBeingReady(object state, object load, bool missed)
        => Assert.Equal(missed, ModelStatus.Of(Model with { Load = (LoadPolicy)load }, [Worker((WorkerState)state)]).IsMissed);

    [Fact]
    public void RetryAfter_PausedWorker_IsWhenItStarts()
    {
        var status = ModelStatus.Of(Model, [Worker(WorkerState.Failed) with { RetryAt = Now.AddSeconds(90) }]);

        Assert.Equal(TimeSpan.FromSeconds(80), status.RetryAfter(Now.AddSeconds(10)));
    }

    private static string Describe(WorkerStatus worker) => ModelStatus.Of(Model, [worker]).Describe();

    private static WorkerStatus Worker(WorkerState state) => new() { Worker = new WorkerDefinition("m-0", Model), State = state, Since = Now };
}
