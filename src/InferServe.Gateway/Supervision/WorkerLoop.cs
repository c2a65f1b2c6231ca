using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace InferServe.Gateway.Supervision;

/// <summary>
/// Keeps one worker alive: start, wait until ready, watch, and after its end pause and start again, until the gateway ends or the worker
/// is retired. <see cref="WorkerState"/> shows the states. The loop is the only writer of <see cref="Status"/>.
/// </summary>
internal sealed partial class WorkerLoop(
    WorkerDefinition worker,
    Func<ProcessStartInfo> command,
    string socket,
    WorkerProbe probe,
    IOptions<SupervisionOptions> options,
    Random jitter,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private const double FirstReadyPollSeconds = 0.05;
    private const double LongestReadyPollSeconds = 0.25;

    private readonly SupervisionOptions _options = options.Value;
    private readonly CancellationTokenSource _retired = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Lock _lock = new();
    private volatile WorkerStatus _status = new() { Worker = worker, State = WorkerState.Starting, Since = time.GetUtcNow(), Entered = time.GetTimestamp() };

    /// <summary>Raised after every change of <see cref="Status"/>.</summary>
    public event Action? Changed;

    public WorkerStatus Status => _status;

    /// <summary>The requests that the worker has in hand.</summary>
    public WorkerTraffic Traffic { get; } = new(time);

    /// <summary>Whether the worker is to be replaced by a new one, for its memory or because an operator says so.</summary>
    public bool MustReplace { get; set; }

    /// <summary>
    /// Takes no more requests, finishes those it has, and ends. What still runs after <see cref="SupervisionOptions.RetireSeconds"/>
    /// ends with an error.
    /// </summary>
    public void Retire()
    {
        if (_retired.IsCancellationRequested)
        {
            return;
        }

        Traffic.Close();
        _retired.Cancel();
        Enter(WorkerState.Stopping, status => status);
        _ = EndAsync();

        async Task EndAsync()
        {
            await Task.WhenAny(Traffic.Idle, Task.Delay(TimeSpan.FromSeconds(_options.RetireSeconds), time));
            await _done.CancelAsync();
        }
    }

    /// <summary>Runs until told to stop or retired; when it returns, the worker's process is gone.</summary>
    /// <param name="gatewayEnding">No process starts any more; the running one finishes its requests.</param>
    /// <param name="gatewayStopping">The running process ends.</param>
    public async Task RunAsync(CancellationToken gatewayEnding, CancellationToken gatewayStopping)
    {
        using var endingSource = CancellationTokenSource.CreateLinkedTokenSource(gatewayEnding, _retired.Token);
        using var stoppingSource = CancellationTokenSource.CreateLinkedTokenSource(gatewayStopping, _done.Token);
        var (ending, stopping) = (endingSource.Token, stoppingSource.Token);
        var shortLives = 0;
        while (!ending.IsCancellationRequested)
        {
            var life = await LiveAsync(stopping);
            if (ending.IsCancellationRequested)
            {
                break;
            }

            var decision = RestartPolicy.Decide(shortLives, life.ReadyFor, jitter.NextDouble(), _options);
            shortLives = decision.ShortLives;
            Enter(decision.State, status => status with { ProcessId = null, Reason = life.Reason, RetryAt = time.GetUtcNow() + decision.Delay });
            Log.Ended(logger, worker.Model.Name, worker.Id, life.Reason, decision.State, decision.Delay.TotalSeconds);
            await Task.Delay(decision.Delay, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ending.IsCancellationRequested)
            {
                Enter(WorkerState.Starting, status => status with { Restarts = status.Restarts + 1, RetryAt = null });
            }
        }

        Enter(WorkerState.Stopped, status => status with { ProcessId = null, RetryAt = null });
    }

    public void Dispose()
    {
        _retired.Dispose();
        _done.Dispose();
    }

    /// <summary>One process from its start to its end.</summary>
    private async Task<WorkerLife> LiveAsync(CancellationToken stopping)
    {
        WorkerProcess process;
        try
        {
            File.Delete(socket);
            process = WorkerProcess.Start(command(), new WorkerOutput(worker, logger));
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new WorkerLife($"could not be started: {exception.Message}", null);
        }

        await using (process)
        {
            Enter(WorkerState.Starting, status => status with { ProcessId = process.Id });
            Log.Started(logger, worker.Model.Name, worker.Id, process.Id);
            var started = time.GetTimestamp();
            var fault = await WaitUntilReadyAsync(process, stopping);
            long? ready = null;
            if (fault is null && !process.Exited.IsCompleted && !stopping.IsCancellationRequested)
            {
                ready = time.GetTimestamp();
                var loadTime = time.GetElapsedTime(started, ready.Value);
                Enter(WorkerState.Ready, status => status with { LoadTime = loadTime, MemoryBytes = process.MemoryBytes });
                Log.Ready(logger, worker.Model.Name, worker.Id, loadTime.TotalSeconds);
                fault = await WatchAsync(process, stopping);
            }

            TimeSpan? readyFor = ready is { } since ? time.GetElapsedTime(since) : null;
            if (stopping.IsCancellationRequested)
            {
                return new WorkerLife(await StopAsync(process), readyFor);
            }

            if (fault is not null)
            {
                process.Kill();
            }

            return new WorkerLife(fault ?? await process.DescribeExitAsync(time), readyFor);
        }
    }

    /// <summary>Returns null when the worker is ready or has ended, else what is wrong with it.</summary>
    private async Task<string?> WaitUntilReadyAsync(WorkerProcess process, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; !process.Exited.IsCompleted && !stopping.IsCancellationRequested; attempt++)
        {
            if (File.Exists(socket) && await ProbeAsync(probe.IsReadyAsync, process, stopping))
            {
                return null;
            }

            if (time.GetElapsedTime(started).TotalSeconds > _options.StartSeconds)
            {
                return $"was not ready within {_options.StartSeconds} s";
            }

            await PauseAsync(RestartPolicy.Delay(attempt, 0.5, FirstReadyPollSeconds, LongestReadyPollSeconds), process, stopping);
        }

        return null;
    }

    /// <summary>Returns null when the worker has ended or the gateway stops, else what is wrong with the worker.</summary>
    private async Task<string?> WatchAsync(WorkerProcess process, CancellationToken stopping)
    {
        var failures = 0;
        while (true)
        {
            await PauseAsync(TimeSpan.FromSeconds(_options.LivenessSeconds), process, stopping);
            if (process.Exited.IsCompleted || stopping.IsCancellationRequested)
            {
                return null;
            }

            LookAtMemory(process.MemoryBytes);
            failures = await ProbeAsync(probe.IsAliveAsync, process, stopping) ? 0 : failures + 1;
            if (failures >= _options.LivenessFailures)
            {
                return $"did not answer {failures} liveness checks in a row";
            }
        }
    }

    private void LookAtMemory(long bytes)
    {
        var over = bytes > worker.Model.MemoryLimitBytes && !MustReplace;
        if (over)
        {
            MustReplace = true;
            Log.OverMemory(logger, worker.Model.Name, worker.Id, bytes, worker.Model.MemoryLimitBytes!.Value);
        }

        Change(status => status with { MemoryBytes = bytes, Reason = over ? "took more memory than its limit" : status.Reason });
    }

    private async Task<bool> ProbeAsync(
        Func<string, TimeSpan, CancellationToken, Task<bool>> ask, WorkerProcess process, CancellationToken stopping)
    {
        try
        {
            return await ask(worker.Id, TimeSpan.FromSeconds(_options.ProbeTimeoutSeconds), stopping) && !process.Exited.IsCompleted;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<string> StopAsync(WorkerProcess process)
    {
        Enter(WorkerState.Stopping, status => status);
        if (!await process.StopAsync(TimeSpan.FromSeconds(_options.StopSeconds), time))
        {
            Log.Killed(logger, worker.Model.Name, worker.Id, _options.StopSeconds);
        }

        return "was stopped";
    }

    /// <summary>Waits for the time to pass, the process to end or the gateway to stop, whichever is first.</summary>
    private async Task PauseAsync(TimeSpan pause, WorkerProcess process, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(process.Exited, Task.Delay(pause, time, ended.Token));
        await ended.CancelAsync();
    }

    private void Enter(WorkerState state, Func<WorkerStatus, WorkerStatus> change) => Change(status =>
    {
        if (status.State == WorkerState.Stopped)
        {
            // Retiring a worker without a process ends the loop before Retire returns: nothing comes after the end.
            return status;
        }

        // A retired worker answers no new requests, whatever its process does.
        var shown = _retired.IsCancellationRequested && state != WorkerState.Stopped ? WorkerState.Stopping : state;
        return change(status) with { State = shown, Since = time.GetUtcNow(), Entered = time.GetTimestamp() };
    });

    private void Change(Func<WorkerStatus, WorkerStatus> change)
    {
        lock (_lock)
        {
            _status = change(_status);
        }

        Changed?.Invoke();
    }

    private sealed record WorkerLife(string Reason, TimeSpan? ReadyFor);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Model {Model}: worker {Worker} starts as process {ProcessId}")]
        public static partial void Started(ILogger logger, string model, string worker, int processId);

        [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Model {Model}: worker {Worker} is ready after {Seconds:0.0} s")]
        public static partial void Ready(ILogger logger, string model, string worker, double seconds);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning,
            Message = "Model {Model}: worker {Worker} {Reason}; now {State}, next start in {Seconds:0.0} s")]
        public static partial void Ended(ILogger logger, string model, string worker, string reason, WorkerState state, double seconds);

        [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
            Message = "Model {Model}: worker {Worker} did not end within {Seconds} s and was killed")]
        public static partial void Killed(ILogger logger, string model, string worker, double seconds);

        [LoggerMessage(EventId = 5, Level = LogLevel.Warning,
            Message = "Model {Model}: worker {Worker} takes {Bytes} bytes, more than its limit of {Limit}, and is replaced")]
        public static partial void OverMemory(ILogger logger, string model, string worker, long bytes, long limit);
    }
}
