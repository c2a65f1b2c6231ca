using System.Collections.Immutable;
using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// Runs the workers of every model. The host stops it after the web server, so that requests in flight drain before
/// their worker is asked to end.
/// </summary>
internal sealed class WorkerSupervisor : BackgroundService
{
    private readonly ImmutableArray<WorkerLoop> _loops;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkerSupervisor(
        ModelRegistryProvider registry,
        WorkerSockets sockets,
        WorkerProbe probe,
        IOptions<SupervisionOptions> options,
        IOptions<GatewayOptions> gateway,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _lifetime = lifetime;
        var program = Path.GetFullPath(options.Value.WorkerPath ?? WorkerCommand.DefaultPath(AppContext.BaseDirectory));
        var logger = loggers.CreateLogger("InferServe.Gateway.Workers");
        _loops =
        [
            .. WorkerIds.Define(registry.Current.Models).Select((worker, index) =>
            {
                // Each worker has its own sequence, and each gateway its own sequences: nothing starts in step.
                var jitter = new Random(HashCode.Combine(Environment.ProcessId, index));
                var socket = sockets.PathOf(worker.Id);
                return new WorkerLoop(worker, () => WorkerCommand.Create(worker, program, socket, gateway.Value),
                    socket, probe, options, jitter, time, logger);
            }),
        ];
        foreach (var loop in _loops)
        {
            loop.Changed += SettleWhenDecided;
        }
    }

    /// <summary>Every worker as it stands now.</summary>
    public IEnumerable<WorkerStatus> Workers => _loops.Select(loop => loop.Status);

    /// <summary>Completes when every worker has shown whether it can serve: it is ready, or its first process has ended.</summary>
    public Task Settled => _settled.Task;

    public bool IsReady(string workerId)
        => _loops.Any(loop => loop.Status.State == WorkerState.Ready && string.Equals(loop.Status.Worker.Id, workerId, StringComparison.Ordinal));

    /// <summary>The model as a whole: as good as its best worker.</summary>
    public ModelStatus StatusOf(ModelDefinition model) => ModelStatus.Of(model, Workers.Where(status => status.Worker.Model == model));

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(_loops.Select(loop => Task.Run(() => loop.RunAsync(_lifetime.ApplicationStopping, stoppingToken), CancellationToken.None)));

    private void SettleWhenDecided()
    {
        if (Workers.All(status => status.State == WorkerState.Ready || status.Reason is not null))
        {
            _settled.TrySetResult();
        }
    }
}
