using Microsoft.Extensions.Options;

namespace InferServe.Worker.Hosting;

/// <summary>
/// Ends the worker with its parent: the parent holds the other end of the standard input and never writes. At its end, whether the
/// parent closes it or dies, the worker shuts down gracefully. No process id is watched, so a reused id cannot mislead.
/// </summary>
internal sealed partial class ParentWatcher(IOptions<WorkerOptions> options, IHostApplicationLifetime lifetime, ILogger<ParentWatcher> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ExitWithParent)
        {
            // A read of the standard input cannot be cancelled: the thread is left behind when the process ends first.
            new Thread(WaitForEnd) { IsBackground = true, Name = "InferServe parent watcher" }.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        var ignored = new byte[256];
        try
        {
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe ends the input as well.
        }

        LogParentGone();
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The standard input has ended: the worker shuts down with its parent")]
    private partial void LogParentGone();
}
