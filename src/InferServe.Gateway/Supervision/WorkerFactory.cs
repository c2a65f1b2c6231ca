using InferServe.Gateway.Hosting;
using InferServe.Gateway.Registry;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Supervision;

/// <summary>Makes the loops that run workers.</summary>
internal sealed class WorkerFactory(
    WorkerSockets sockets,
    WorkerProbe probe,
    IOptions<SupervisionOptions> options,
    IOptions<GatewayOptions> gateway,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly string _program = Path.GetFullPath(options.Value.WorkerPath ?? WorkerCommand.DefaultPath(AppContext.BaseDirectory));
    private readonly ILogger _logger = loggers.CreateLogger("InferServe.Gateway.Workers");
    private int _made;

    /// <summary>A loop that has not started anything yet.</summary>
    public WorkerLoop Create(string id, ModelDefinition model)
    {
        // Each worker has its own sequence, and each gateway its own sequences: nothing starts in step.
        var jitter = new Random(HashCode.Combine(Environment.ProcessId, Interlocked.Increment(ref _made)));
        var worker = new WorkerDefinition(id, model);
        var socket = sockets.PathOf(id);
        return new WorkerLoop(worker, () => WorkerCommand.Create(worker, _program, socket, gateway.Value), socket, probe, options, jitter, time, _logger);
    }
}
