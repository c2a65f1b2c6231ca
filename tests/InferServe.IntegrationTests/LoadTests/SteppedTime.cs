namespace InferServe.IntegrationTests.LoadTests;

/// <summary>
/// A clock that stands still until the server moves it. The server can wait until the client has looked at it, so that the moment at which a
/// chunk arrives is known exactly, however busy the machine is.
/// </summary>
internal sealed class SteppedTime : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Lock _lock = new();
    private long _ticks;
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            _read.TrySetResult();
            return _ticks;
        }
    }

    /// <summary>Moves the clock, does something that makes the client look at it, and waits until it has.</summary>
    public async Task StepAsync(TimeSpan step, Func<Task> act)
    {
        Task read;
        lock (_lock)
        {
            _ticks += step.Ticks;
            _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            read = _read.Task;
        }

        await act();
        await read.WaitAsync(Patience);
    }
}
