using InferServe.Gateway.Supervision;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerSocketsTests
{
    [Fact]
    public void PathOf_DoesNotGrowWithTheModelsName()
    {
        using var sockets = new WorkerSockets();

        Assert.Equal(sockets.PathOf("m-0").Length, sockets.PathOf(new string('n', 128) + "-0").Length);
    }

    [Fact]
    public void PathOf_SameWorker_IsTheSamePathAndAnotherWorkersIsNot()
    {
        using var sockets = new WorkerSockets();

        Assert.Equal(sockets.PathOf("m-0"), sockets.PathOf("m-0"));
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(number => sockets.PathOf($"m-{number}")).Distinct().Count());
    }
}
