using InferServe.Engine;
using InferServe.Worker.Health;

namespace InferServe.UnitTests.Worker.Health;

public sealed class LivenessTests
{
    private static readonly EngineStatus Healthy = new()
    {
        State = EngineState.Serving,
        Running = 1,
        Waiting = 0,
        Rows = 8,
        KvTokensUsed = 1,
        KvTokenCapacity = 100,
        Steps = 5,
        ConsecutiveFailures = 0,
        SinceProgress = TimeSpan.FromSeconds(9),
    };

    [Fact]
    public void Problem_StepsAdvance_IsNull() => Assert.Null(Liveness.Problem(Healthy, TimeSpan.FromSeconds(10)));

    [Fact]
    public void Problem_NoStepForTooLong_SaysStuck() => Assert.Contains(
        "stuck", Liveness.Problem(Healthy with { SinceProgress = TimeSpan.FromSeconds(11) }, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);

    [Fact]
    public void Problem_ManyFailedSteps_SaysFailed() =>
        Assert.Contains("5 steps", Liveness.Problem(Healthy with { ConsecutiveFailures = 5 }, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);

    [Fact]
    public void Standstill_ManyFailedSteps_IsNull() =>
        Assert.Null(Liveness.Standstill(Healthy with { ConsecutiveFailures = 5 }, TimeSpan.FromSeconds(10)));

    [Fact]
    public void Problem_EngineStopped_SaysFailed() =>
        Assert.Contains("stopped", Liveness.Problem(Healthy with { State = EngineState.Faulted }, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
}
