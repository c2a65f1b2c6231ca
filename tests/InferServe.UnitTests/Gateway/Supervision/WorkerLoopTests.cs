using System.Diagnostics;
using InferServe.Gateway.Registry;
using InferServe.Gateway.Supervision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace InferServe.UnitTests.Gateway.Supervision;

public sealed class WorkerLoopTests
{
    [Fact]
    public async Task Retire_BetweenTwoStarts_IsStopped()
    {
        using var sockets = new WorkerSockets();
        using var probe = new WorkerProbe(sockets);
        var worker = new WorkerDefinition("m-0", new ModelDefinition { Name = "m", Folder = "" });
        var missing = Path.Combine(Path.GetTempPath(), "no-such-program");
        using var loop = new WorkerLoop(
            worker, () => new ProcessStartInfo(missing), sockets.PathOf("m-0"), probe, Options.Create(new SupervisionOptions()), new Random(1), new FakeTimeProvider(),
            NullLogger.Instance);
        var running = loop.RunAsync(CancellationToken.None, CancellationToken.None);
        Assert.Equal(WorkerState.BackingOff, loop.Status.State);

        loop.Retire();

        await running;
        Assert.Equal(WorkerState.Stopped, loop.Status.State);
    }
}
