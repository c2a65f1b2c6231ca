using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class RestartPolicyTests
{
    private const double Middle = 0.5;

    private static readonly SupervisionOptions Options = new()
    {
        RestartSeconds = 1,
        RestartMaxSeconds = 8,
        StableSeconds = 60,
        FailedAfter = 4,
        FailedRetrySeconds = 100,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(5, 8)]
    [InlineData(int.MaxValue, 8)]
    public void Delay_Attempt_DoublesUpToTheLimit(int attempt, double seconds)
        => Assert.Equal(seconds, RestartPolicy.Delay(attempt, Middle, firstSeconds: 1, maxSeconds: 8).TotalSeconds, 6);

    [Fact]
    public void Delay_AnyJitter_StaysWithinAFifth()
    {
        Assert.Equal(8, RestartPolicy.Delay(1, 0, 10, 10).TotalSeconds, 6);
        Assert.Equal(12, RestartPolicy.Delay(1, 1, 10, 10).TotalSeconds, 6);
    }

    [Fact]
    public void Decide_ShortLivesInARow_BackOffLongerThenFail()
    {
        var decisions = new List<RestartDecision>();
        for (var life = 0; life < 6; life++)
        {
            decisions.Add(RestartPolicy.Decide(decisions.LastOrDefault()?.ShortLives ?? 0, TimeSpan.FromSeconds(5), Middle, Options));
        }

        Assert.Equal([1, 2, 4, 100, 100, 100], decisions.Select(decision => Math.Round(decision.Delay.TotalSeconds, 6)));
        Assert.Equal(
            [WorkerState.BackingOff, WorkerState.BackingOff, WorkerState.BackingOff, WorkerState.Failed, WorkerState.Failed, WorkerState.Failed],
            decisions.Select(decision => decision.State));
    }

    [Fact]
    public void Decide_NeverReady_CountsAsShortLife()
        => Assert.Equal(WorkerState.Failed, RestartPolicy.Decide(3, readyFor: null, Middle, Options).State);

    [Fact]
    public void Decide_LongLife_StartsOver()
    {
        var decision = RestartPolicy.Decide(10, TimeSpan.FromSeconds(60), Middle, Options);

        Assert.Equal((WorkerState.BackingOff, 1), (decision.State, decision.ShortLives));
        Assert.Equal(1, decision.Delay.TotalSeconds, 6);
    }
}
