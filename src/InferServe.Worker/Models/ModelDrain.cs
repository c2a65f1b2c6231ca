using InferServe.Worker.Hosting;
using Microsoft.Extensions.Options;

namespace InferServe.Worker.Models;

/// <summary>
/// Shutdown, before Kestrel stops listening: readiness goes off, new requests get a 503, running ones finish. At the deadline the
/// engine ends the rest, and their clients see an error instead of a broken connection.
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
        if (!await model.Engine.DrainAsync(TimeSpan.FromSeconds(options.Value.DrainSeconds), cancellationToken))
        {
            LogCut();
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (host.Status.Model is { } model)
        {
            await model.DisposeAsync();
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
}
