using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerTrafficTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Close_WithRequests_IsIdleAfterTheLastAndTakesNoMore()
    {
        var traffic = new WorkerTraffic(_time);
        Assert.True(traffic.TryEnter());

        traffic.Close();

        Assert.False(traffic.TryEnter());
        Assert.False(traffic.Idle.IsCompleted);
        traffic.Leave(TimeSpan.FromSeconds(1));
        Assert.True(traffic.Idle.IsCompleted);
    }

    [Fact]
    public void Close_WithoutRequests_IsIdleAtOnce()
    {
        var traffic = new WorkerTraffic(_time);

        traffic.Close();

        Assert.True(traffic.Idle.IsCompleted);
    }

    [Fact]
    public void UnusedFor_CountsFromTheEndOfTheLastRequest()
    {
        var traffic = new WorkerTraffic(_time);
        traffic.TryEnter();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, traffic.UnusedFor);

        traffic.Leave(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), traffic.UnusedFor);
        Assert.Equal(TimeSpan.FromSeconds(10), traffic.MeanDuration);
    }
}
