using InferServe.Engine;
using InferServe.UnitTests.Engine;
using InferServe.Worker.Hosting;
using InferServe.Worker.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace InferServe.UnitTests.Worker.Models;

public sealed class ModelDrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task StoppingAndStopped_RunIsStuck_EndWithTheHostsTime()
    {
        using var gate = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var runner = new ScriptedRunner(rows: 1)
        {
            OnRun = _ =>
            {
                running.Set();
                gate.Wait();
            },
        };
        var engine = new InferenceEngine(runner, new EngineOptions { MaxSequences = 1 });
        engine.GenerateAsync(EngineFixtures.Request());
        running.Wait(Patience);
        var drain = Drain(engine);
        using var time = new CancellationTokenSource();

        var stopping = drain.StoppingAsync(time.Token);
        Assert.False(stopping.IsCompleted);
        await time.CancelAsync();
        await stopping.WaitAsync(Patience);
        await drain.StoppedAsync(time.Token).WaitAsync(Patience);

        gate.Set();
        await engine.DisposeAsync();
        Assert.True(runner.IsDisposed);
    }

    [Fact]
    public async Task StoppedAsync_EngineIsIdle_DisposesIt()
    {
        var runner = new ScriptedRunner(rows: 1);
        var drain = Drain(new InferenceEngine(runner, new EngineOptions { MaxSequences = 1 }));

        await drain.StoppingAsync(CancellationToken.None);
        await drain.StoppedAsync(CancellationToken.None);

        Assert.True(runner.IsDisposed);
    }

    private static ModelDrain Drain(InferenceEngine engine)
    {
        var options = Options.Create(new WorkerOptions { Model = "m", DrainSeconds = 0 });
        var host = new ModelHost(options);
        Assert.True(host.TryEnterReady(EngineModel.Of(engine)));
        return new ModelDrain(host, options, NullLogger<ModelDrain>.Instance);
    }
}
