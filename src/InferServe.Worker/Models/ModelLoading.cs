using InferServe.OnnxRuntime;
using InferServe.Tokenization;
using InferServe.Worker.Hosting;

namespace InferServe.Worker.Models;

/// <summary>
/// Loads the model while the worker already answers, so that a supervisor can see it live from the first second. A model that
/// cannot be served ends the process; the reason goes to the log and to the error stream.
/// </summary>
internal sealed partial class ModelLoading(
    ModelLoader loader, ModelHost host, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ModelLoading> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Loading takes seconds to minutes of computing and may end the process: the worker listens first.
            await StartedAsync(stoppingToken);
            var started = time.GetTimestamp();
            LogLoads(loader.Folder);
            var model = await loader.LoadAsync(stoppingToken);
            if (host.TryEnterReady(model))
            {
                var (seconds, rows) = (time.GetElapsedTime(started).TotalSeconds, model.Engine.Status.Rows);
                LogReady(model.Name, seconds, model.ContextLength, rows);
            }
            else
            {
                await model.DisposeAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop before it was ready.
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private void Fail(Exception exception)
    {
        host.TryEnterFailed();
        if (exception is ModelLoadException or TokenizerLoadException or WarmUpException)
        {
            LogFailed(exception.Message);
        }
        else
        {
            LogFailedUnexpectedly(exception);
        }

        Console.Error.WriteLine(exception.Message);
        Environment.ExitCode = ExitCodes.ModelLoadFailed;
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loading the model at {Folder}")]
    private partial void LogLoads(string folder);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Model {Model} is ready after {Seconds:0.0} s: context of {ContextLength} tokens, {Rows} rows")]
    private partial void LogReady(string model, double seconds, int contextLength, int rows);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The model cannot be served: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The model cannot be served")]
    private partial void LogFailedUnexpectedly(Exception exception);
}
