using InferServe.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Models;

/// <summary>
/// Shutdown, before Kestrel stops listening: readiness goes off, new requests get a 503, running ones finish. At the deadline the
/// engine ends the rest, and their clients see an error instead of a broken connection. An engine that is stuck in a run is left behind when the
/// host's time to stop is over.
/// </summary>
internal sealed partial class ModelDrain(ModelHost host, IOptions<WorkerOptions> options, ILogger<ModelDrain> logger) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (host.EnterDraining() is not { } model)
        {
            return;
        }

        var status = model.Engine.Status;
        LogDrains(status.Running + status.Waiting, options.Value.DrainSeconds);
        try
        {
            if (!await model.Engine.DrainAsync(TimeSpan.FromSeconds(options.Value.DrainSeconds), cancellationToken))
            {
                LogCut();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStuck();
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (host.Status.Model is not { } model)
        {
            return;
        }

        try
        {
            await model.DisposeAsync().AsTask().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine's thread keeps no process alive.
            LogStuck();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutting down: {Requests} requests may finish within {Seconds} s")]
    private partial void LogDrains(int requests, int seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The time to finish is over: the remaining requests were ended with an error")]
    private partial void LogCut();

    [LoggerMessage(Level = LogLevel.Error, Message = "The engine is stuck in a run and does not stop; the worker ends without it")]
    private partial void LogStuck();
}
